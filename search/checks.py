"""Start-up checks of search, each with what to do."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution

from search.engines import ENGINES
from search.engines.base import SearchUnavailableError
from search.engines.embedded.folder import IndexFolder

_LONGEST_TIMEOUT = 60.0
#: Every command runs the checks, so a cluster that hangs may cost it this many seconds and no more.
_CHECK_PATIENCE = 2.0


def check_engine(**_: Any) -> list[CheckMessage]:
    """The engine that the settings name exists."""
    if settings.SEARCH_ENGINE in ENGINES:
        return []
    known = ", ".join(ENGINES)
    message = f"SEARCH_ENGINE is {settings.SEARCH_ENGINE!r}, which is no search engine."
    return [Error(message, hint=f"Set it to one of: {known}.", id="search.E001")]


def check_folder(**_: Any) -> list[CheckMessage]:
    """The folder of the embedded index can be written."""
    root = Path(settings.SEARCH_INDEX_DIR)
    existing = next(path for path in (root, *root.parents) if path.exists())
    if existing.is_dir() and os.access(existing, os.W_OK | os.X_OK):
        return []
    hint = "Give the user that runs Find Fusion the right to write there, or set SEARCH_INDEX_DIR to another folder."
    return [
        Error(f"The search index cannot be kept in {root}: {existing} cannot be written.", hint=hint, id="search.E002")
    ]


def check_index(**_: Any) -> list[CheckMessage]:
    """There is an index, built by today's declaration of documents and analysis of text."""
    folder = IndexFolder(Path(settings.SEARCH_INDEX_DIR))
    hint = "Run `manage.py rebuild_index`, or start `manage.py drain_changes`, which does it first."
    live = folder.live
    if live is None or not live.is_dir():
        return [Caution(f"There is no search index in {folder.root}.", hint=hint, id="search.W001")]
    if not folder.live_is_current:
        message = "The search index was built by another version of the documents or of the analysis of text."
        return [Caution(message, hint=hint, id="search.W002")]
    return []


def check_elasticsearch_settings(**_: Any) -> list[CheckMessage]:
    """What the settings ELASTICSEARCH_* say can be used. Their values are not repeated: they may hold passwords."""
    return list(_wrong_settings()) if settings.SEARCH_ENGINE == "elasticsearch" else []


def _wrong_settings() -> Iterator[CheckMessage]:
    parts = [urlsplit(url) for url in settings.ELASTICSEARCH_URL]
    if not parts or any(part.scheme not in ("http", "https") or not part.hostname for part in parts):
        yield Error(
            "ELASTICSEARCH_URL names no node, or one without scheme or host.",
            hint="Write each node with scheme, host and port, separated by commas: ELASTICSEARCH_URL=https://search.example.org:9200",
            id="search.E003",
        )
    if any(part.username or part.password for part in parts):
        yield Error(
            "ELASTICSEARCH_URL holds a name or a password, which would end up in logs.",
            hint="Leave them out of it, and set ELASTICSEARCH_USER and ELASTICSEARCH_PASSWORD.",
            id="search.E004",
        )
    if bool(settings.ELASTICSEARCH_USER) != bool(settings.ELASTICSEARCH_PASSWORD):
        yield Error(
            "Of ELASTICSEARCH_USER and ELASTICSEARCH_PASSWORD only one is set.",
            hint="Set both, or none of them; ELASTICSEARCH_API_KEY stands instead of both.",
            id="search.E005",
        )
    if settings.ELASTICSEARCH_CA_FILE and not Path(settings.ELASTICSEARCH_CA_FILE).is_file():
        yield Error(
            f"ELASTICSEARCH_CA_FILE is {settings.ELASTICSEARCH_CA_FILE}, and there is no such file.",
            hint="Name the file with the certificate that signed the cluster's own, or unset it.",
            id="search.E006",
        )
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,49}", settings.ELASTICSEARCH_INDEX_PREFIX):
        yield Error(
            f"ELASTICSEARCH_INDEX_PREFIX is {settings.ELASTICSEARCH_INDEX_PREFIX!r}, which cannot begin the name of an index.",
            hint="Use up to 50 small letters, digits and hyphens, a letter first.",
            id="search.E007",
        )
    if not 0 < settings.ELASTICSEARCH_TIMEOUT <= _LONGEST_TIMEOUT:
        yield Error(
            f"ELASTICSEARCH_TIMEOUT is {settings.ELASTICSEARCH_TIMEOUT:g}: a search would wait for ever, or not at all.",
            hint=f"Set it to seconds above 0 and up to {_LONGEST_TIMEOUT:g}; 0.8 is a good value.",
            id="search.E008",
        )


def check_cluster(**_: Any) -> list[CheckMessage]:
    """The cluster answers, and holds an index of today's declaration. Only cautions: meanwhile the standby answers."""
    if settings.SEARCH_ENGINE != "elasticsearch" or list(_wrong_settings()):
        return []
    from search.engines.elasticsearch.store import elasticsearch_store  # loads the client library

    store = elasticsearch_store(_CHECK_PATIENCE)
    hint = "Run `manage.py rebuild_index`, or start `manage.py drain_changes`, which does it first."
    try:
        if not store.is_live():
            others = store.versions()
            message = (
                "Another version built the index in Elasticsearch." if others else "Elasticsearch has no index of ours."
            )
            return [Caution(message, hint=hint, id="search.W006" if others else "search.W005")]
        if store.colour() == "red":
            message = "The index in Elasticsearch is red: data of it are missing."
            red = (
                "See `GET /_cluster/allocation/explain` on the cluster. Until it is mended, the embedded index answers."
            )
            return [Caution(message, hint=red, id="search.W004")]
        if store.mapping_differs():
            message = "The index in Elasticsearch has another mapping than the one declared."
            return [Caution(message, hint=hint, id="search.W007")]
    except SearchUnavailableError as problem:
        unreachable = "Look at ELASTICSEARCH_URL and at the cluster. Until it answers, the embedded index does."
        return [Caution(str(problem), hint=unreachable, id="search.W003")]
    return []


def register_all() -> None:
    """Has Django run the checks of this module."""
    for check in (check_engine, check_folder, check_index, check_elasticsearch_settings, check_cluster):
        register(check, "search")

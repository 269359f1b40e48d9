"""Start-up checks of search, each with what to do."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution

from search.engines import ENGINES
from search.engines.embedded.folder import IndexFolder


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


def register_all() -> None:
    """Has Django run the checks of this module."""
    for check in (check_engine, check_folder, check_index):
        register(check, "search")

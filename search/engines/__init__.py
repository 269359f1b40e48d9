"""Search engines: one protocol, and an engine for each way to run."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.engines.base import SearchEngine, SearchUnavailableError
from search.engines.embedded import EmbeddedEngine


@lru_cache(maxsize=8)
def embedded_engine(root: Path) -> EmbeddedEngine:
    """The one embedded engine of this process for an index folder."""
    return EmbeddedEngine(root)


def _embedded() -> EmbeddedEngine:
    return embedded_engine(Path(settings.SEARCH_INDEX_DIR))


def _elasticsearch() -> SearchEngine:
    # Its client library takes a third of a second to load, which no process without a cluster need spend.
    from search.engines.elasticsearch.guarded import guarded_engine
    from search.engines.elasticsearch.store import address

    return guarded_engine(address(), _embedded())


#: The engines that the setting SEARCH_ENGINE can name.
ENGINES: dict[str, Callable[[], SearchEngine]] = {"embedded": _embedded, "elasticsearch": _elasticsearch}

__all__ = ["ENGINES", "EmbeddedEngine", "SearchEngine", "SearchUnavailableError", "embedded_engine", "get_engine"]


def get_engine() -> SearchEngine:
    """The engine that the settings name. Raises SearchUnavailableError for a name that is no engine's."""
    make = ENGINES.get(settings.SEARCH_ENGINE)
    if make is None:
        known = ", ".join(ENGINES)
        raise SearchUnavailableError(f"SEARCH_ENGINE is {settings.SEARCH_ENGINE!r}. Set it to one of: {known}.")
    return make()

"""Search engines: one protocol, and an engine for each way to run."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.catching_up import is_behind
from search.engines.base import SearchEngine, SearchUnavailableError
from search.engines.elasticsearch.cluster import Address
from search.engines.elasticsearch.store import ElasticsearchStore, address
from search.engines.embedded import EmbeddedEngine
from search.engines.guard import GuardedEngine
from search.feeds import embedded_feed


@lru_cache(maxsize=8)
def embedded_engine(root: Path) -> EmbeddedEngine:
    """The one embedded engine of this process for an index folder."""
    return EmbeddedEngine(root)


@lru_cache(maxsize=8)
def guarded_engine(where: Address, root: Path) -> GuardedEngine:
    """The one Elasticsearch engine of this process for a cluster, with the embedded engine of a folder as its standby."""
    store = ElasticsearchStore(where, root)
    standby = embedded_feed(root)
    return GuardedEngine(store.engine, embedded_engine(root), caught_up=lambda: not is_behind(store.feed, standby))


#: The engines that the setting SEARCH_ENGINE can name.
ENGINES: dict[str, Callable[[], SearchEngine]] = {
    "embedded": lambda: embedded_engine(Path(settings.SEARCH_INDEX_DIR)),
    "elasticsearch": lambda: guarded_engine(address(), Path(settings.SEARCH_INDEX_DIR)),
}

__all__ = ["ENGINES", "EmbeddedEngine", "SearchEngine", "SearchUnavailableError", "embedded_engine", "get_engine"]


def get_engine() -> SearchEngine:
    """The engine that the settings name. Raises SearchUnavailableError for a name that is no engine's."""
    make = ENGINES.get(settings.SEARCH_ENGINE)
    if make is None:
        known = ", ".join(ENGINES)
        raise SearchUnavailableError(f"SEARCH_ENGINE is {settings.SEARCH_ENGINE!r}. Set it to one of: {known}.")
    return make()

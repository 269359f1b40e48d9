"""The cluster that the settings name, with this host's embedded index as its standby."""

from functools import lru_cache
from pathlib import Path

from search.catching_up import is_behind
from search.engines.elasticsearch.cluster import Address
from search.engines.elasticsearch.store import ElasticsearchStore
from search.engines.embedded import EmbeddedEngine
from search.engines.guard import GuardedEngine
from search.feeds import embedded_feed


@lru_cache(maxsize=8)
def guarded_engine(where: Address, standby: EmbeddedEngine) -> GuardedEngine:
    """The one Elasticsearch engine of this process for a cluster, and an embedded engine as its standby."""
    root: Path = standby.folder.root
    store = ElasticsearchStore(where, root)
    heard_here = embedded_feed(root)
    return GuardedEngine(store.engine, standby, caught_up=lambda: not is_behind(store.feed, heard_here))

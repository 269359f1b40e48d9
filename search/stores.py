"""The indexes that changes are fed to, whichever of them answers searches."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from search.engines.base import IndexStore
from search.engines.embedded.store import EmbeddedStore


def fed_stores() -> tuple[IndexStore, ...]:
    """The stores that the settings feed; the caller closes them.

    The embedded one is always fed: it answers, or stands by for the other.
    """
    embedded = EmbeddedStore(Path(settings.SEARCH_INDEX_DIR))
    if settings.SEARCH_ENGINE != "elasticsearch":
        return (embedded,)
    # Its client library need not be loaded where there is no cluster.
    from search.engines.elasticsearch.store import elasticsearch_store

    return (elasticsearch_store(), embedded)

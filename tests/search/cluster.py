"""A cluster as tests of one store use it: stores of several prefixes and versions, all thrown away at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from elasticsearch import Elasticsearch

from search.engines.elasticsearch.cluster import Address, Cluster
from search.engines.elasticsearch.store import ElasticsearchGeneration, ElasticsearchStore
from tests.contract.engines import own_prefix

#: A busy machine is no outage.
PATIENCE_SECONDS = 10.0
#: The fingerprint of another version.
OTHER = "0123456789ab"
#: Settings of a red index: no node has this name, so none holds its data.
NOWHERE = {"index.routing.allocation.require._name": "nobody", "number_of_replicas": 0}


class TestCluster:
    """Indices whose names begin with a prefix that nobody else uses, on a server that others use, too."""

    __test__ = False

    def __init__(self, url: str, folder: Path) -> None:
        self.address = Address((url,), prefix=own_prefix(), timeout=PATIENCE_SECONDS)
        self._folder = folder

    def store(self, more: str = "", version: str = "") -> ElasticsearchStore:
        """A store whose prefix is continued by `more`; `version` stands for the fingerprint of another version."""
        address = replace(self.address, prefix=f"{self.address.prefix}{more}")
        made = ElasticsearchStore(address, self._folder)
        if version:
            with patch("search.engines.elasticsearch.store.index_fingerprint", return_value=version):
                made = ElasticsearchStore(address, self._folder)
        return made

    def ask[T](self, call: Callable[[Elasticsearch], T]) -> T:
        """What a call of the client answers."""
        return Cluster(self.address).ask(call)

    def indices(self) -> list[str]:
        """The names of all indices that begin with the prefix."""
        found = self.ask(lambda client: client.indices.get_alias(index=f"{self.address.prefix}*"))
        return sorted(found.body)

    def make(self, name: str, **body: Any) -> str:
        """An index that no store made: its name."""
        self.ask(lambda client: client.indices.create(index=name, wait_for_active_shards=0, **body))
        return name

    def clear(self) -> None:
        """Deletes every one of these indices, by name."""
        for name in self.indices():
            self.ask(lambda client, name=name: client.indices.delete(index=name))  # type: ignore[misc]


@contextmanager
def own_cluster(url: str, folder: Path) -> Iterator[TestCluster]:
    """A part of a server that is a test's own, empty before and after."""
    made = TestCluster(url, folder)
    try:
        yield made
    finally:
        made.clear()


def put_live(store: ElasticsearchStore) -> ElasticsearchGeneration:
    """A new, empty generation that is the live one."""
    generation = store.new()
    store.put_live(generation)
    return generation

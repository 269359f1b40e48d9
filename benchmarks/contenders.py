"""The engines that are measured, and how their indexes are made ready."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import batched
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test.utils import override_settings

from benchmarks.kept import read_documents, write_documents
from benchmarks.world import World
from changes.models import Feed
from changes.selectors import clock
from changes.services import close_feed, open_feed
from search.document import Batch, Document
from search.draining import Drainer, RebuildDueError
from search.engines.base import IndexStore, SearchEngine
from search.engines.elasticsearch.cluster import Cluster
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.store import ElasticsearchGeneration, ElasticsearchStore, address
from search.engines.embedded.store import EmbeddedStore
from search.vocabulary import forget_vocabulary

_BATCH = 500


@dataclass
class Contender:
    """One engine: its store, the process that works for it (0: this one), and how the site is told to use it."""

    name: str
    store: EmbeddedStore | ElasticsearchStore
    pid: int = 0

    @cached_property
    def engine(self) -> SearchEngine:
        """Reads the live index, with as much patience as writing has: a slow answer is a figure, not an outage."""
        if isinstance(self.store, ElasticsearchStore):
            return ElasticsearchEngine(self.store.cluster.patient(), self.store.alias)
        return self.store.engine

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """The site uses this engine."""
        with override_settings(SEARCH_ENGINE=self.name):
            forget_vocabulary()
            yield
        forget_vocabulary()


@dataclass
class Prepared:
    """A world, ready to be measured."""

    world: World
    contenders: list[Contender]
    say: Callable[[str], None]

    @cached_property
    def documents(self) -> list[Document]:
        """All documents, made from the database once and kept on disk."""
        if not self.world.documents.exists():
            for old in self.world.folder.glob("documents-*"):
                old.unlink()
            begun = time.monotonic()
            count = write_documents(self.world.documents, self.world.listings)
            self.say(f"{count:,} documents made in {time.monotonic() - begun:.0f} s")
        return read_documents(self.world.documents)

    def find(self, name: str) -> Contender:
        """The engine of that name. Raises StopIteration when it is not measured."""
        return next(each for each in self.contenders if each.name == name)

    def make_ready(self) -> None:
        """Every engine has a live index that has missed nothing."""
        for contender in self.contenders:
            try:
                taken = Drainer(contender.store).drain()
            except RebuildDueError:
                self._fill_anew(contender.store)
            else:
                self.say(f"{contender.name}: {taken:,} changes taken in")
            contender.store.close()
            wait_for_merges(contender.store)

    def _fill_anew(self, store: IndexStore) -> None:
        """As a rebuild, from the documents that were made before."""
        begun = time.monotonic()
        store.prune()
        close_feed(store.feed)
        generation = store.new()
        try:
            fill(generation, self.documents)
            open_feed(store.feed)
            store.put_live(generation)
        finally:
            generation.close()
        self.say(f"{store.name}: filled anew in {time.monotonic() - begun:.0f} s")


def fill(generation: Any, documents: list[Document]) -> None:
    """Writes documents into an empty generation, each engine in its quickest way."""
    version = clock()
    if isinstance(generation, ElasticsearchGeneration):
        generation.fill_all(documents, version)
    else:
        for some in batched(documents, _BATCH):
            generation.fill(Batch(version, list(some)))
    generation.settle()


def wait_for_merges(store: IndexStore) -> None:
    """Elasticsearch goes on merging after it was filled: what comes next should not be measured beside that."""
    if not isinstance(store, ElasticsearchStore):
        return
    for _ in range(600):
        told = store.cluster.patient().ask(lambda client: client.nodes.stats(metric="indices", index_metric="merge"))
        nodes: Mapping[str, Any] = told.body["nodes"]
        if not any(each["indices"]["merges"]["current"] for each in nodes.values()):
            return
        time.sleep(0.1)


def contenders(names: list[str]) -> list[Contender]:
    """The engines of these names."""
    root = Path(settings.SEARCH_INDEX_DIR)
    found = []
    if "embedded" in names:
        found.append(Contender("embedded", EmbeddedStore(root)))
    if "elasticsearch" in names:
        pid = int(os.environ.get("BENCHMARK_NODE_PID", "0"))
        found.append(Contender("elasticsearch", ElasticsearchStore(address(), root), pid))
    return found


def remove_indices(found: list[Contender]) -> None:
    """Deletes the indices in the cluster, which may be somebody's; the embedded one is kept for the next run."""
    for contender in found:
        if isinstance(contender.store, ElasticsearchStore):
            contender.store.prune()
            _delete(contender.store.cluster.patient(), contender.store.versions())
            Feed.objects.filter(name=contender.store.feed).delete()


def _delete(cluster: Cluster, names: list[str]) -> None:
    """Deletes indices by their whole names."""
    if names:
        cluster.ask(lambda client: client.indices.delete(index=",".join(names)))

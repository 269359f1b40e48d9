"""How the contract suite fills and asks each engine."""

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from django.conf import LazySettings

from search.criteria import PAGE_SIZE, SearchCriteria
from search.document import Batch, Document, DocumentType
from search.engines.base import Answer, IndexReader, Request, SearchEngine
from search.engines.elasticsearch.store import elasticsearch_store
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.folder import IndexFolder
from search.engines.embedded.writer import EmbeddedWriter
from search.query import Clause, TextQuery
from search.text import analyse

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def words(text: str) -> TextQuery:
    """A text of plain words: all must match."""
    tokens = tuple(analyse(text))
    return TextQuery(tuple(dict.fromkeys(Clause((token,)) for token in tokens)), tokens)


class Engine(SearchEngine, IndexReader, Protocol):
    """An engine whole: it answers searches, and tells what its index holds."""


class Harness(ABC):
    """One engine under test."""

    engine: Engine

    @abstractmethod
    def put(self, documents: Iterable[Document], deleted: Iterable[str] = ()) -> None:
        """Replaces documents and removes keys; searches see it when this returns."""

    @abstractmethod
    def close(self) -> None:
        """Lets go of what the engine holds."""

    def answer(
        self,
        query: TextQuery | str = "",
        criteria: SearchCriteria | None = None,
        *,
        now: datetime = NOW,
        distances: Mapping[str, float] | None = None,
    ) -> Answer:
        """What the engine answers."""
        text = words(query) if isinstance(query, str) else query
        return self.engine.search(Request(criteria or SearchCriteria(), text, now, distances or {}))

    def ids(
        self,
        query: TextQuery | str = "",
        criteria: SearchCriteria | None = None,
        *,
        now: datetime = NOW,
        distances: Mapping[str, float] | None = None,
    ) -> list[int]:
        """The ids of all hits, page after page, in order."""
        first = self.answer(query, criteria, now=now, distances=distances)
        found = [match.card.id for match in first.matches]
        for page in range(2, -(-first.total // PAGE_SIZE) + 1):
            asked = (criteria or SearchCriteria()).on_page(page)
            more = self.answer(query, asked, now=now, distances=distances)
            found.extend(match.card.id for match in more.matches)
        return found


class EmbeddedHarness(Harness):
    """The embedded engine on a folder of its own."""

    def __init__(self, folder: Path, settings: LazySettings) -> None:
        settings.SEARCH_ENGINE = "embedded"
        settings.SEARCH_INDEX_DIR = folder / "index"
        index = IndexFolder(folder / "index")
        generation = index.new_generation()
        self._writer = EmbeddedWriter(generation)
        self._writer.commit()
        index.put_live(generation)
        self.engine = EmbeddedEngine(folder / "index")

    def put(self, documents: Iterable[Document], deleted: Iterable[str] = ()) -> None:
        self._writer.write(documents, deleted)

    def close(self) -> None:
        self._writer.close()


class ElasticsearchHarness(Harness):
    """The Elasticsearch engine on an index of its own; indices of several workers share a server."""

    def __init__(self, folder: Path, settings: LazySettings) -> None:
        settings.SEARCH_ENGINE = "elasticsearch"
        settings.SEARCH_INDEX_DIR = folder / "index"
        settings.ELASTICSEARCH_INDEX_PREFIX = own_prefix()
        settings.ELASTICSEARCH_TIMEOUT = 10.0  # a busy machine is no outage
        self._store = elasticsearch_store()
        self._generation = self._store.new()
        self._store.put_live(self._generation)
        self._version = 0
        self.engine = self._store.engine

    def put(self, documents: Iterable[Document], deleted: Iterable[str] = ()) -> None:
        self._version += 1
        self._generation.write(Batch(self._version, list(documents), list(deleted)))
        self._generation.settle()

    def close(self) -> None:
        self._store.discard(self._generation)


def own_prefix() -> str:
    """A beginning for the names of indices that nobody else uses, in this run or another."""
    return f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}-{uuid4().hex[:12]}"


def opportunity_key(pk: int) -> str:
    """The key of an opportunity's document."""
    return DocumentType.OPPORTUNITY.key(pk)

"""How the contract suite fills and asks each engine."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from django.conf import LazySettings

from search.criteria import PAGE_SIZE, SearchCriteria
from search.document import Document, DocumentType
from search.engines.base import Answer, Request, SearchEngine
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


class Harness(ABC):
    """One engine under test."""

    engine: SearchEngine

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


def opportunity_key(pk: int) -> str:
    """The key of an opportunity's document."""
    return DocumentType.OPPORTUNITY.key(pk)

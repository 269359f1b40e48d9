"""What every search engine can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from search.criteria import SearchCriteria
from search.document import DocumentType
from search.query import TextQuery
from search.results import Card


class SearchUnavailableError(Exception):
    """No engine can answer now. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Request:
    """One search, ready for an engine: criteria and text, the moment, and what the place asked for is near to.

    `distances` gives kilometres from `criteria.near` to every outward code (empty when no place was
    asked for).
    """

    criteria: SearchCriteria
    query: TextQuery
    now: datetime
    distances: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """One hit as an engine gives it."""

    card: Card
    score: float = 0.0
    enough_only: bool = False
    adjacent_years: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of matches; how many there are, and how many match all words; for each facet, counts by value."""

    matches: tuple[Match, ...] = ()
    total: int = 0
    exact_total: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion: an opportunity or a partner whose name holds what was typed."""

    type: DocumentType
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Health:
    """Whether an engine can answer, in words, with the number of its documents."""

    ok: bool
    message: str
    documents: int = 0


class SearchEngine(Protocol):
    """Reads an index. Every method may raise SearchUnavailableError; none raises anything for what a user typed."""

    name: str

    def search(self, request: Request) -> Answer:
        """The page of hits asked for, with exact totals and facet counts."""
        ...

    def count(self, request: Request) -> int:
        """The total alone, for less than a search: no hit is read and no facet counted."""
        ...

    def suggest(self, typed: str, now: datetime, limit: int = 8) -> tuple[Suggestion, ...]:
        """Opportunities and partners whose names have words that begin as the typed ones."""
        ...

    def generation(self) -> str:
        """The name of the index that answers: it changes with each rebuild, not with each write."""
        ...

    def words(self) -> Mapping[str, int]:
        """Every word of the index, unstemmed, with the number of documents that hold it."""
        ...

    def due(self, now: datetime, limit: int) -> list[str]:
        """Keys of documents that the clock has changed: their `next_change_at` has passed."""
        ...

    def signatures(self) -> Mapping[str, int]:
        """The signature of every document by its key, to compare an index with the database."""
        ...

    def health(self) -> Health:
        """Whether it can answer; raises nothing."""
        ...

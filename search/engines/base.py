"""What every search engine can do."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from search.criteria import SearchCriteria
from search.document import Batch, DocumentType
from search.query import TextQuery
from search.results import Card


class SearchUnavailableError(Exception):
    """No engine can answer now. The message says why and what to do."""


class IndexMissingError(SearchUnavailableError):
    """There is no index to read, or one that another version built: a rebuild is due, waiting does not help."""


class BusyError(Exception):
    """Another process holds the lock."""


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
    """A page of matches; how many there are, and how many match all words; for each facet, counts by value.

    `open_total` says how many of the total have open places, in the dates asked for: what "open
    places only" would find. `engine` names the engine that answered.
    """

    matches: tuple[Match, ...] = ()
    total: int = 0
    exact_total: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    open_total: int = 0
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion: an opportunity or a partner whose name holds what was typed."""

    type: DocumentType
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Health:
    """Whether an engine can answer, in words, with the number of its documents and the name of who answers.

    `parts` tells the same of each engine, where one stands by for another.
    """

    ok: bool
    message: str
    documents: int = 0
    engine: str = ""
    parts: tuple[Health, ...] = ()


class SearchEngine(Protocol):
    """Answers what people ask. Every method may raise SearchUnavailableError; none raises anything for what a user typed."""

    @property
    def name(self) -> str:
        """The name of the engine that answers."""
        ...

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

    def health(self) -> Health:
        """Whether it can answer; raises nothing."""
        ...


class IndexReader(Protocol):
    """Tells whoever keeps an index up to date what it holds. Every method may raise SearchUnavailableError."""

    def due(self, now: datetime, limit: int) -> list[str]:
        """Keys of documents that the clock has changed: their `next_change_at` has passed."""
        ...

    def signatures(self) -> Mapping[str, int]:
        """The signature of every document by its key, to compare an index with the database."""
        ...


class Lock(StrEnum):
    """What one process at a time may do with an index."""

    DRAINER = "drainer"
    """To bring it up to date, for as long as the process lives."""
    BATCH = "batch"
    """To take one batch of changes, or to swap between two batches."""
    REBUILD = "rebuild"
    """To build it anew."""


class Generation(Protocol):
    """One built index: the live one, or one that is built beside it."""

    name: str

    @property
    def engine(self) -> IndexReader:
        """Reads this generation."""
        ...

    def fill(self, batch: Batch) -> int:
        """Adds documents that it does not hold yet, to be seen after `settle`; how many there were."""
        ...

    def write(self, batch: Batch) -> None:
        """Replaces documents and removes what is deleted, to be seen after `settle`.

        What an index that counts versions already holds from a later reading stays.
        """
        ...

    def settle(self) -> None:
        """Makes all that was written visible and lasting."""
        ...

    def close(self) -> None:
        """Lets go of it. What was not settled may be lost."""
        ...


class IndexStore(Protocol):
    """Where the generations of an index are kept, one of them live.

    Where it is `shared`, several hosts write it, and it is another one's turn while a lock is held.
    Every method may raise SearchUnavailableError.
    """

    name: str
    feed: str
    shared: bool

    @property
    def engine(self) -> IndexReader:
        """Reads whichever generation is live."""
        ...

    def live(self) -> Generation:
        """The live generation, for writing. Raises IndexMissingError when there is none of today's declaration."""
        ...

    def new(self) -> Generation:
        """An empty generation beside the live one."""
        ...

    def put_live(self, generation: Generation) -> None:
        """Makes a generation the live one, in one step, and drops what nobody reads any more."""
        ...

    def discard(self, generation: Generation) -> None:
        """Drops a generation that did not become the live one."""
        ...

    def prune(self) -> None:
        """Drops what rebuilds that died left behind. Hold `Lock.REBUILD`."""
        ...

    def locked(self, lock: Lock, *, wait: bool = True) -> AbstractContextManager[None]:
        """Holds a lock among all processes that write this index; it ends with the process, however that ends.

        Raises BusyError when it is held elsewhere and `wait` is false.
        """
        ...

    def close(self) -> None:
        """Lets go of the index."""
        ...

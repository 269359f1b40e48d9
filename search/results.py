"""What a search gives back, frozen: cards, hits, facet counts and what was understood."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

import orjson

from search.criteria import LAST_PAGE, PAGE_SIZE, SearchCriteria
from search.query import TextQuery


@dataclass(frozen=True, slots=True)
class CardSkill:
    """A fusion skill as a card shows it."""

    slug: str
    name: str
    family: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that a card shows of an opportunity, so that the database is not read for it.

    Times are aware. `later_dates` counts the sessions after the next one. `places_left` is of the
    next session with a place (None: any number, or not dated); `full` says that every coming
    session with a capacity is full. `family_price` is what the Family of Schools pays (0: free);
    `pay_amount` is what those who do it are paid each `pay_unit` (hour, week or year).
    `year_from` and `year_to` are school years, nursery -1, reception 0.
    """

    id: int
    url: str
    title: str
    summary: str
    kind: str
    kind_label: str
    strand: str
    partner_name: str
    partner_url: str
    with_partners: tuple[str, ...] = ()
    availability: str = ""
    next_start: datetime | None = None
    next_end: datetime | None = None
    later_dates: int = 0
    last_start: datetime | None = None
    format: str = ""
    place: str = ""
    borough: str = ""
    outcode: str = ""
    cost_kind: str = ""
    cost_amount: Decimal | None = None
    cost_unit: str = ""
    family_price: Decimal | None = None
    pay_amount: Decimal | None = None
    pay_unit: str = ""
    places_left: int | None = None
    capacity: int | None = None
    waiting: int = 0
    full: bool = False
    skills: tuple[CardSkill, ...] = ()
    documents_in_date: bool = False
    year_from: int | None = None
    year_to: int | None = None
    audiences: tuple[str, ...] = ()

    def to_json(self) -> bytes:
        """The card as the one value that an index stores."""
        return orjson.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, stored: bytes | str) -> Self:
        """A card from its stored value. Raises ValueError when it is not one."""
        values: dict[str, Any] = orjson.loads(stored)
        for name in ("next_start", "next_end", "last_start"):
            if values.get(name) is not None:
                values[name] = datetime.fromisoformat(values[name])
        for name in ("cost_amount", "family_price", "pay_amount"):
            if values.get(name) is not None:
                values[name] = Decimal(values[name])
        for name in ("with_partners", "audiences"):
            values[name] = tuple(values.get(name, ()))
        values["skills"] = tuple(CardSkill(**skill) for skill in values.get("skills", ()))
        try:
            return cls(**values)
        except TypeError as problem:
            raise ValueError(f"This is not a stored card: {problem}") from problem


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of shown text; `marked` where it answers the search."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Highlights:
    """The title and summary of a card in segments, to be joined as they are."""

    title: tuple[Segment, ...] = ()
    summary: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `enough_only`: it matches some of the words, and comes after those with all.

    `adjacent_years`: it is made for the years next to those asked for ("made for Years 1 and 2; ask").
    """

    card: Card
    distance_miles: float | None = None
    highlights: Highlights = field(default_factory=Highlights)
    enough_only: bool = False
    adjacent_years: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet with the number of results that choosing it (too) would hold."""

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet: its name (the parameter in the address), its label, its choices in order."""

    name: str
    label: str
    choices: tuple[Choice, ...] = ()

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """The selected choices."""
        return tuple(choice for choice in self.choices if choice.selected)


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that was understood, for the page to say and the user to undo.

    `job` is spelling, years, place, kind, skill, synonym or joined (two words as one). `typed` is what stood there, `read_as`
    what it was taken for, in words. `key` goes into `SearchCriteria.undone` to take it back.
    """

    job: str
    typed: str
    read_as: str
    key: str

    @property
    def lifts(self) -> bool:
        """Whether it only puts first what has it, and asks for nothing."""
        return self.job in {"kind", "skill"}


@dataclass(frozen=True, slots=True)
class Understood:
    """A typed text and its reading. `text` is `typed` with its spelling corrected."""

    typed: str = ""
    text: str = ""
    query: TextQuery = field(default_factory=TextQuery)
    readings: tuple[Reading, ...] = ()

    @property
    def corrected(self) -> bool:
        """Whether the page must say "showing results for" other words than were typed."""
        return any(reading.job == "spelling" for reading in self.readings)


@dataclass(frozen=True, slots=True)
class SearchResults:
    """A page of hits and all that is shown around it.

    `total` counts every result, `exact_total` those that match all words; the difference follow
    after them as `Hit.enough_only`. `open_total` counts those with open places, in the dates asked
    for. `engine` names the engine that answered.
    """

    criteria: SearchCriteria
    understood: Understood
    hits: tuple[Hit, ...] = ()
    total: int = 0
    exact_total: int = 0
    open_total: int = 0
    facets: tuple[Facet, ...] = ()
    engine: str = ""

    @property
    def page(self) -> int:
        """The number of this page, from 1."""
        return self.criteria.page

    @property
    def pages(self) -> int:
        """How many pages can be turned: at most 50."""
        return min(-(-self.total // PAGE_SIZE), LAST_PAGE)

    @property
    def beyond_last_page(self) -> bool:
        """Whether there is more than pages can show: "narrow your search"."""
        return self.total > LAST_PAGE * PAGE_SIZE

    @property
    def enough_begins_at(self) -> int | None:
        """The index on this page of the first hit that matches only some of the words."""
        for index, hit in enumerate(self.hits):
            if hit.enough_only:
                return index
        return None

    def facet(self, name: str) -> Facet:
        """One facet by its name. Raises KeyError when there is none."""
        for facet in self.facets:
            if facet.name == name:
                return facet
        raise KeyError(name)

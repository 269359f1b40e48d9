"""A campaign's programme: its sessions by day, who hosts them, and the range of work they show. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from directory.paging import Paging


@dataclass(frozen=True, slots=True)
class Item:
    """One session in a programme. `places_left` is None when any number may come; years are school years."""

    starts: datetime
    title: str
    url: str
    partner: str
    with_partners: tuple[str, ...]
    sectors: tuple[tuple[str, str], ...]
    place: str
    borough: str
    outcode: str
    captions: bool
    step_free: bool
    year_from: int | None
    year_to: int | None
    capacity: int | None
    places_left: int | None
    waiting: int
    label: str
    cost: str
    host: int
    host_is_self_employed: bool
    kind: str = "talk"
    kind_label: str = ""
    strand: str = "careers"

    @property
    def day(self) -> date:
        """The day in London."""
        return timezone.localtime(self.starts).date()

    @property
    def online(self) -> bool:
        """Whether it takes place online."""
        return self.place == "online"

    def is_for_year(self, year: int) -> bool:
        """Whether pupils of this school year may come; one without years is for everybody."""
        low = self.year_from if self.year_from is not None else -1
        high = self.year_to if self.year_to is not None else 13
        return low <= year <= high


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its sessions in order of time: those of one page, of `total` that it has."""

    day: date
    items: tuple[Item, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Range:
    """How many sessions show a sector, and how many of those are hosted by self-employed people."""

    slug: str
    name: str
    sessions: int
    by_self_employed: int


@dataclass(frozen=True, slots=True)
class Programme:
    """All sessions of a campaign that the public sees."""

    items: tuple[Item, ...]

    @property
    def days(self) -> list[Day]:
        """The sessions by day."""
        return by_day(self.items)

    @property
    def places(self) -> int:
        """Places in all; sessions that any number may join have none to count."""
        return sum(item.capacity or 0 for item in self.items)

    @property
    def places_left(self) -> int:
        """Places that can still be asked for."""
        return sum(item.places_left or 0 for item in self.items)

    @property
    def hosts(self) -> int:
        """Partners that host at least one session."""
        return len({item.host for item in self.items})

    @property
    def self_employed_hosts(self) -> int:
        """Hosts that work for themselves."""
        return len({item.host for item in self.items if item.host_is_self_employed})

    @property
    def step_free(self) -> int:
        """Sessions in person that are step-free."""
        return sum(item.step_free and not item.online for item in self.items)

    @property
    def in_person(self) -> int:
        """Sessions in person."""
        return sum(not item.online for item in self.items)

    @property
    def online(self) -> int:
        """Sessions online."""
        return sum(item.online for item in self.items)

    @property
    def all_free(self) -> bool:
        """Whether no session costs anything."""
        return all(item.cost == "free" for item in self.items)

    @property
    def range(self) -> list[Range]:
        """The sectors by number of sessions, most first."""
        names: dict[str, str] = {}
        sessions: Counter[str] = Counter()
        alone: Counter[str] = Counter()
        for item in self.items:
            for slug, name in item.sectors:
                names[slug] = name
                sessions[slug] += 1
                alone[slug] += item.host_is_self_employed
        found = [Range(slug, name, sessions[slug], alone[slug]) for slug, name in names.items()]
        return sorted(found, key=lambda row: (-row.sessions, row.name))


def by_day(items: Iterable[Item]) -> list[Day]:
    """Groups sessions by their day in London, in order of time."""
    ordered = sorted(items, key=lambda item: (item.starts, item.title))
    days = [(day, tuple(rows)) for day, rows in groupby(ordered, key=lambda item: item.day)]
    return [Day(day, rows, len(rows)) for day, rows in days]


def on_page(days: Sequence[Day], paging: Paging) -> list[Day]:
    """What of the days stands on one page of their sessions: a day may begin on the page before, or go on after it."""
    totals = {each.day: each.total for each in days}
    shown = by_day(paging.of([item for each in days for item in each.items]))
    return [replace(each, total=totals[each.day]) for each in shown]

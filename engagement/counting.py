"""From events to counts: pure, so that a report counts raw events just as the nightly command does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from .catalogue import ACTIONS, FEWEST_SEARCHES, VIEWS, WANTED, EventName
from .tokens import LASTS

#: All that a search leads to happens while its token lasts. Events carry the moment at which their page was made, some
#: time after the token was read: the margin is longer than any page takes.
AROUND = LASTS + timedelta(minutes=10)
#: The choices by which searches without a result are counted (measure D1).
CHOICES = ("skill", "borough")


@dataclass(frozen=True, slots=True)
class Fact:
    """An event, as far as counting reads it. `kind` is the opportunity's, `begun` the kind of an action that was begun.

    `total` is how many results a search had; `shown` are the partners of its first page, `offers` the opportunities;
    `chosen` its skills and boroughs.
    """

    name: str
    at: datetime
    surface: str = "site"
    search: str = ""
    opportunity: int | None = None
    partner: int | None = None
    kind: str = ""
    begun: str = ""
    terms: str = ""
    total: int = 0
    shown: frozenset[int] = frozenset()
    offers: frozenset[int] = frozenset()
    chosen: tuple[tuple[str, str], ...] = ()

    @property
    def day(self) -> date:
        """The day in London."""
        return timezone.localdate(self.at)

    @property
    def use(self) -> str:
        """The name under which it is counted."""
        return self.begun or self.name

    @property
    def is_action(self) -> bool:
        """Whether somebody went on with what was found. A note of what is missing is the opposite of that."""
        return self.name in ACTIONS and self.begun != WANTED


@dataclass(frozen=True, slots=True)
class SearchRow:
    """As `models.CountedSearches`."""

    surface: str
    partner: int | None
    searches: int
    empty: int
    viewed: int
    acted: int


@dataclass(frozen=True, slots=True)
class UseRow:
    """As `models.CountedUse`."""

    surface: str
    name: str
    partner: int | None
    kind: str
    times: int
    from_search: int
    acted: int


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """As `models.CountedChoice`."""

    surface: str
    facet: str
    value: str
    searches: int


@dataclass(frozen=True, slots=True)
class TermsRow:
    """As `models.CountedTerms`."""

    terms: str
    searches: int
    empty: int


@dataclass(frozen=True, slots=True)
class OfferRow:
    """As `models.CountedOffer`."""

    opportunity: int
    searches: int
    views: int
    actions: int


@dataclass(frozen=True, slots=True)
class DayCount:
    """All the rows of one day."""

    searches: tuple[SearchRow, ...] = ()
    uses: tuple[UseRow, ...] = ()
    choices: tuple[ChoiceRow, ...] = ()


@dataclass(frozen=True, slots=True)
class _Search:
    """One intent: its refinements in their order, and what it led to."""

    refinements: tuple[Fact, ...]
    led_to: tuple[Fact, ...]

    @property
    def first(self) -> Fact:
        return self.refinements[0]

    @property
    def last(self) -> Fact:
        return self.refinements[-1]

    @property
    def is_empty(self) -> bool:
        return self.last.total == 0

    def partners(self) -> set[int]:
        """Those it showed something of, and those it led to."""
        shown = {partner for each in self.refinements for partner in each.shown}
        return shown | {each.partner for each in self.led_to if each.partner is not None}

    def opportunities(self) -> set[int]:
        """Those it showed on its first page, and those it led to."""
        shown = {opportunity for each in self.refinements for opportunity in each.offers}
        return shown | {each.opportunity for each in self.led_to if each.opportunity is not None}


def bounds(day: date, after: date | None = None) -> tuple[datetime, datetime]:
    """The moments between which a day in London lies (or the days before `after`): from the first to before the second."""
    zone = timezone.get_default_timezone()
    ends = after or day + timedelta(days=1)
    return datetime.combine(day, time.min, zone), datetime.combine(ends, time.min, zone)


def last_finished_day(now: datetime) -> date:
    """The last day in London after which nothing can happen any more that belongs to it."""
    return timezone.localdate(now - AROUND) - timedelta(days=1)


def count_day(day: date, facts: Iterable[Fact]) -> DayCount:
    """Counts a day from its events and those up to `AROUND` before and after it. A search belongs to the day it began."""
    facts = list(facts)
    searches = [each for each in _searches(facts) if each.first.day == day]
    return DayCount(
        _search_rows(searches),
        _use_rows([each for each in facts if each.day == day and each.name != EventName.SEARCH_PERFORMED], facts),
        _choice_rows(searches),
    )


def count_offers(day: date, facts: Iterable[Fact]) -> tuple[OfferRow, ...]:
    """Counts a day by opportunity, from its events and those up to `AROUND` before and after it, as `count_day` does."""
    facts = list(facts)
    rows: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for search in _searches(facts):
        for opportunity in search.opportunities() if search.first.day == day else ():
            rows[opportunity][0] += 1
    for each in facts:
        if each.day == day and each.opportunity is not None:
            rows[each.opportunity][1] += each.name == EventName.OPPORTUNITY_VIEWED
            rows[each.opportunity][2] += each.is_action
    return tuple(OfferRow(opportunity, *row) for opportunity, row in sorted(rows.items()) if any(row))


def count_terms(starts: date, ends: date, facts: Iterable[Fact]) -> list[TermsRow]:
    """What at least five of the searches that began on the days from `starts` to `ends` asked for, the most first."""
    asked: Counter[str] = Counter()
    empty: Counter[str] = Counter()
    for search in _searches(facts):
        if starts <= search.first.day <= ends:
            asked.update({_same(each.terms) for each in search.refinements if each.terms})
            empty.update({_same(search.last.terms)} if search.is_empty and search.last.terms else ())
    rows = [TermsRow(terms, count, empty[terms]) for terms, count in asked.items() if count >= FEWEST_SEARCHES]
    return sorted(rows, key=lambda row: (-row.searches, row.terms))


def _same(terms: str) -> str:
    return " ".join(terms.lower().split())


def _searches(facts: Iterable[Fact]) -> list[_Search]:
    refinements: defaultdict[str, list[Fact]] = defaultdict(list)
    led_to: defaultdict[str, list[Fact]] = defaultdict(list)
    for each in facts:
        if each.search:
            (refinements if each.name == EventName.SEARCH_PERFORMED else led_to)[each.search].append(each)
    return [
        _Search(tuple(sorted(made, key=lambda each: each.at)), tuple(led_to[search]))
        for search, made in refinements.items()
    ]


def _search_rows(searches: Iterable[_Search]) -> tuple[SearchRow, ...]:
    rows: defaultdict[tuple[str, int | None], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for search in searches:
        for partner in (None, *search.partners()):
            about = [each for each in search.led_to if partner in (None, each.partner)]
            viewed, acted = any(each.name in VIEWS for each in about), any(each.is_action for each in about)
            row = rows[search.first.surface, partner]
            for place, holds in enumerate((True, search.is_empty, viewed, acted)):
                row[place] += holds
    return tuple(SearchRow(*key, *row) for key, row in rows.items())


def _use_rows(of_day: Iterable[Fact], facts: Iterable[Fact]) -> tuple[UseRow, ...]:
    actions = [each for each in facts if each.is_action and each.search]
    on_opportunity = {(each.search, each.opportunity) for each in actions}
    on_partner = {(each.search, each.partner) for each in actions}
    rows: defaultdict[tuple[str, str, int | None, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for each in of_day:
        led = (each.name == EventName.OPPORTUNITY_VIEWED and (each.search, each.opportunity) in on_opportunity) or (
            each.name == EventName.PARTNER_VIEWED and (each.search, each.partner) in on_partner
        )
        row = rows[each.surface, each.use, each.partner, each.kind]
        for place, holds in enumerate((True, bool(each.search), led)):
            row[place] += holds
    return tuple(UseRow(*key, *row) for key, row in rows.items())


def _choice_rows(searches: Iterable[_Search]) -> tuple[ChoiceRow, ...]:
    empty = [each for each in searches if each.is_empty]
    held = Counter((each.first.surface, *choice) for each in empty for choice in set(each.last.chosen))
    return tuple(ChoiceRow(*key, count) for key, count in held.items())


def chosen_of(selections: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The skills and boroughs among the choices that an event holds."""
    pairs = []
    for facet in CHOICES:
        values = selections.get(facet)
        pairs += [(facet, str(value)) for value in values] if isinstance(values, list) else []
    return tuple(pairs)

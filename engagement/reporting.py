"""The funnel: from searches to what they led to, for some days. The same figures from counts and from raw events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Sum

from .catalogue import ACTION_KINDS, ACTIONS, VIEWS, WANTED, EventName, Surface
from .counting import DayCount
from .facts import day_counts
from .models import DroppedEvents

#: Every name that a use is counted by, in the order of the report, and what it is called there.
USES = {
    EventName.OPPORTUNITY_VIEWED: "Views of opportunities",
    EventName.PARTNER_VIEWED: "Views of partners",
    EventName.CONTACT_REVEALED: "Contacts asked for",
    EventName.WEBSITE_OPENED: "Websites opened",
    EventName.CALENDAR_SAVED: "Sessions saved to a calendar",
    EventName.ACTION_BEGUN: "Other requests begun",
    "request": "Requests begun",
    "referral": "Referrals begun",
    WANTED: "Notes of what is missing",
    EventName.SHORTLISTED: "Put on a shortlist",
    EventName.PRINTED: "Made for printing",
    EventName.SHARED: "Shared",
}
_ACTION_NAMES = {*ACTIONS, *ACTION_KINDS} - {WANTED}


@dataclass
class Funnel:
    """The figures of one surface, or of all. With a partner, `searches` are those that showed it or led to it."""

    searches: int = 0
    empty: int = 0
    viewed: int = 0
    acted: int = 0
    uses: Counter[str] = field(default_factory=Counter)
    views_from_search: int = 0
    views_acted: int = 0

    @property
    def views(self) -> int:
        """Of opportunities and partners."""
        return sum(self.uses[name] for name in VIEWS)

    @property
    def actions(self) -> int:
        """Of every kind."""
        return sum(self.uses[name] for name in _ACTION_NAMES)

    def add(self, count: DayCount, surface: str | None, partner: int | None) -> None:
        """Adds a day: what belongs to this surface (None: to any) and this partner (None: to all)."""
        for row in count.searches:
            if surface in (None, row.surface) and row.partner == partner:
                self.searches += row.searches
                self.empty += row.empty
                self.viewed += row.viewed
                self.acted += row.acted
        for use in count.uses:
            if surface in (None, use.surface) and partner in (None, use.partner):
                self.uses[use.name] += use.times
                if use.name in VIEWS:
                    self.views_from_search += use.from_search
                    self.views_acted += use.acted


@dataclass(frozen=True)
class Report:
    """The funnel of all surfaces, of each, and how many events were lost (of all partners, whichever was asked for)."""

    whole: Funnel
    by_surface: dict[str, Funnel]
    dropped: int


def report(starts: date, ends: date, partner: int | None = None) -> Report:
    """The figures of the days from `starts` to `ends`, for all or for one partner."""
    whole, by_surface = Funnel(), {str(surface): Funnel() for surface in Surface}
    for _, count in day_counts(starts, ends):
        whole.add(count, None, partner)
        for surface, funnel in by_surface.items():
            funnel.add(count, surface, partner)
    dropped = DroppedEvents.objects.filter(day__gte=starts, day__lte=ends).aggregate(all=Sum("count"))["all"] or 0
    return Report(whole, by_surface, dropped)


def lines(found: Report, *, of_partner: bool = False) -> Iterator[str]:
    """The report as it is printed, a column for each surface."""
    columns = [("all", found.whole), *found.by_surface.items()]
    yield " ".join([f"{'':42}", *(f"{name:>16}" for name, _ in columns)])
    for title, values in _rows([funnel for _, funnel in columns], of_partner=of_partner):
        yield " ".join([f"{title:42}", *(f"{value:>16}" for value in values)]).rstrip()
    yield f"{'Events that could not be recorded':42} {found.dropped:>16,}"


def _rows(funnels: list[Funnel], *, of_partner: bool) -> Iterator[tuple[str, list[str]]]:
    yield (
        "Searches that showed it or led to it" if of_partner else "Searches",
        [f"{each.searches:,}" for each in funnels],
    )
    parts = [
        ("  with a result", [each.searches - each.empty for each in funnels]),
        ("  without a result", [each.empty for each in funnels]),
        ("  followed by a view", [each.viewed for each in funnels]),
        ("  that led to an action", [each.acted for each in funnels]),
    ]
    for title, counts in parts[2:] if of_partner else parts:
        yield title, _shares(counts, [each.searches for each in funnels])
    yield "Views", [f"{each.views:,}" for each in funnels]
    yield "  from a search", _shares([each.views_from_search for each in funnels], [each.views for each in funnels])
    acted = [each.views_acted for each in funnels]
    yield "  from a search, that led to an action", _shares(acted, [each.views_from_search for each in funnels])
    yield "Actions", [f"{each.actions:,}" for each in funnels]
    for name, title in USES.items():
        mark = "  " if name in _ACTION_NAMES else ""
        yield mark + title, [f"{each.uses[name]:,}" for each in funnels]


def _shares(counts: Iterable[int], wholes: Iterable[int]) -> list[str]:
    return [
        f"{count:,} ({count / whole:.0%})" if whole else f"{count:,}"
        for count, whole in zip(counts, wholes, strict=True)
    ]

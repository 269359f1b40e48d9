"""Reading events and counts, in the shapes that counting works with."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Min, Model, Q
from django.utils import timezone

from opportunities.models import Opportunity

from .catalogue import ACTION_KINDS, EventName
from .counting import (
    AROUND,
    ChoiceRow,
    DayCount,
    Fact,
    OfferRow,
    SearchRow,
    UseRow,
    bounds,
    chosen_of,
    count_day,
    count_offers,
)
from .models import CountedChoice, CountedOffer, CountedPeriod, CountedSearches, CountedUse, Event

_DAY = CountedPeriod.Length.DAY
_FIELDS = ("name", "at", "surface", "search", "opportunity_id", "partner_id", "opportunity__kind", "terms", "data")


def facts_of(starts: date, ends: date, about: Collection[int] | None = None) -> list[Fact]:
    """What happened on the days from `starts` to `ends`, and so shortly before and after that it may belong to them.

    With `about`: all searches, and of the rest what is about these opportunities.
    """
    begin, end = bounds(starts, ends + timedelta(days=1))
    found = Event.objects.filter(at__gte=begin - AROUND, at__lt=end + AROUND)
    if about is not None:
        found = found.filter(Q(name=EventName.SEARCH_PERFORMED) | Q(opportunity__in=about))
    rows = list(found.order_by("pk").values_list(*_FIELDS).iterator())
    offered_by = _offerers({key for *_, data in rows for key in data.get("shown", ()) if isinstance(key, int)})
    return [_fact(row, offered_by) for row in rows]


def counted_days(starts: date, ends: date, length: str = _DAY) -> set[date]:
    """The days of this period that are counted."""
    same = CountedPeriod.objects.filter(length=length, starts__gte=starts, starts__lte=ends)
    return set(same.values_list("starts", flat=True))


def first_day() -> date | None:
    """The day of the earliest event that is kept."""
    at: datetime | None = Event.objects.aggregate(first=Min("at"))["first"]
    return timezone.localdate(at) if at else None


def day_counts(starts: date, ends: date) -> Iterator[tuple[date, DayCount]]:
    """The counts of each day: as they were counted, or else from the events. A day without either is left out."""
    counted = counted_days(starts, ends)
    first, today = first_day(), timezone.localdate()
    raw = set()
    if first is not None:
        begin, end = max(starts, first), min(ends, today)
        raw = {begin + timedelta(days=number) for number in range((end - begin).days + 1)}
    for day in sorted(counted | raw):
        yield day, _counted(day) if day in counted else count_day(day, facts_of(day, day))


def offer_counts(opportunities: Collection[int], starts: date, ends: date) -> Iterator[tuple[date, OfferRow]]:
    """What became of these opportunities on each day: as it was counted, or else from the events, as `day_counts`."""
    keys = set(opportunities)
    names = ("day", *(each.name for each in fields(OfferRow)))
    rows = CountedOffer.objects.filter(opportunity__in=keys, day__gte=starts, day__lte=ends)
    for day, *values in rows.order_by("day", "opportunity").values_list(*names):
        yield day, OfferRow(*values)
    raw = _days_from_events(starts, ends)
    facts = facts_of(raw[0], raw[-1], keys) if raw and keys else []
    for day in raw:
        yield from ((day, row) for row in count_offers(day, facts) if row.opportunity in keys)


def _days_from_events(starts: date, ends: date) -> list[date]:
    """The days of this period whose opportunities are not counted yet, while their events are there: mostly the last two."""
    first, today = first_day(), timezone.localdate()
    if first is None:
        return []
    begin, end = max(starts, first), min(ends, today)
    days = (begin + timedelta(days=number) for number in range((end - begin).days + 1))
    counted = counted_days(starts, ends, CountedPeriod.Length.OFFERS)
    return [day for day in days if day not in counted]


def _counted(day: date) -> DayCount:
    return DayCount(
        tuple(_rows(CountedSearches, SearchRow, day)),
        tuple(_rows(CountedUse, UseRow, day)),
        tuple(_rows(CountedChoice, ChoiceRow, day)),
    )


def _rows(model: type[Model], row: type[Any], day: date) -> Iterator[Any]:
    names = [each.name for each in fields(row)]
    return (row(*values) for values in model._default_manager.filter(day=day).order_by("pk").values_list(*names))


def _offerers(keys: set[int]) -> dict[int, int]:
    """Who offers each of these opportunities, as far as they are still there."""
    found = Opportunity.objects.only("offered_by").in_bulk(list(keys))
    return {key: each.offered_by_id for key, each in found.items()}


def _fact(row: tuple[Any, ...], offered_by: dict[int, int]) -> Fact:
    name, at, surface, search, opportunity, partner, kind, terms, data = row
    offers = frozenset(key for key in data.get("shown", ()) if isinstance(key, int))
    shown = frozenset(offered_by[key] for key in offers if key in offered_by)
    return Fact(
        name=name,
        at=at,
        surface=surface,
        search=search,
        opportunity=opportunity,
        partner=partner,
        kind=kind or "",
        begun=data["kind"] if data.get("kind") in ACTION_KINDS else "",
        terms=terms,
        total=data.get("total") or 0,
        shown=shown,
        offers=offers,
        chosen=chosen_of(data.get("selections") or {}),
    )

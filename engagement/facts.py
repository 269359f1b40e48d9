"""Reading events and counts, in the shapes that counting works with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Min, Model
from django.utils import timezone

from opportunities.models import Opportunity

from .catalogue import ACTION_KINDS
from .counting import AROUND, ChoiceRow, DayCount, Fact, SearchRow, UseRow, bounds, chosen_of, count_day
from .models import CountedChoice, CountedPeriod, CountedSearches, CountedUse, Event

_DAY = CountedPeriod.Length.DAY
_FIELDS = ("name", "at", "surface", "search", "opportunity_id", "partner_id", "opportunity__kind", "terms", "data")


def facts_of(starts: date, ends: date) -> list[Fact]:
    """What happened on the days from `starts` to `ends`, and so shortly before and after that it may belong to them."""
    begin, end = bounds(starts, ends + timedelta(days=1))
    found = Event.objects.filter(at__gte=begin - AROUND, at__lt=end + AROUND).order_by("pk").values_list(*_FIELDS)
    rows = list(found.iterator())
    offered_by = _offerers({key for *_, data in rows for key in data.get("shown", ()) if isinstance(key, int)})
    return [_fact(row, offered_by) for row in rows]


def counted_days(starts: date, ends: date) -> set[date]:
    """The days of this period that are counted."""
    same = CountedPeriod.objects.filter(length=_DAY, starts__gte=starts, starts__lte=ends)
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
    shown = frozenset(offered_by[key] for key in data.get("shown", ()) if key in offered_by)
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
        chosen=chosen_of(data.get("selections") or {}),
    )

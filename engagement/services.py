"""Writing events, and their counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from .cleaning import clean_data, clean_terms
from .counting import (
    ChoiceRow,
    OfferRow,
    SearchRow,
    UseRow,
    count_day,
    count_offers,
    count_terms,
    last_finished_day,
)
from .drops import drops
from .events import Happening
from .facts import facts_of, first_day
from .models import (
    CountedChoice,
    CountedOffer,
    CountedPeriod,
    CountedSearches,
    CountedTerms,
    CountedUse,
    DroppedEvents,
    Event,
)
from .patience import short_transaction

# Rows in one statement.
_AT_ONCE = 1_000


def record(happenings: Iterable[Happening], at: datetime, visitor: str = "") -> None:
    """Records what happened, in one transaction of its own. `visitor` is the kind of organisation, or empty.

    Raises what the database raises; `record_or_drop` does not.
    """
    events = [_event(each, at, visitor) for each in happenings]
    with short_transaction():
        # What a search led to before counts no second time.
        Event.objects.bulk_create(events, ignore_conflicts=True)


def record_past(happened: Iterable[tuple[datetime, str, Happening]]) -> int:
    """Records what happened at many moments, as `record` would have: when, the visitor's kind of organisation, and what.

    For what is brought along in bulk, such as the demonstration's: it waits for locks like any other write. Returns how
    many; what a search led to before is among them and counts no second time.
    """
    events = [_event(happening, at, visitor) for at, visitor, happening in happened]
    with transaction.atomic():
        Event.objects.bulk_create(events, batch_size=_AT_ONCE, ignore_conflicts=True)
    return len(events)


def record_or_drop(happenings: list[Happening], at: datetime, visitor: str = "") -> bool:
    """Records what happened, or counts it as dropped; whether it was recorded. Raises nothing."""
    try:
        record(happenings, at, visitor)
    except Exception as why:  # noqa: BLE001  whatever it is: the page is made and goes out
        drop(len(happenings), at, why)
        return False
    if drops.pending():
        _write_down_drops()
    return True


def drop(count: int, at: datetime, why: Exception) -> None:
    """Counts events that could not be recorded; the reason is logged, once a minute at most."""
    drops.add(timezone.localdate(at), count)
    drops.warn(why)


def _write_down_drops() -> None:
    for day, count in sorted(drops.take().items()):
        try:
            with short_transaction():
                _add_dropped(day, count)
        except Exception as why:  # noqa: BLE001  as above; they stay pending
            drops.add(day, count)
            drops.warn(why)


def _add_dropped(day: date, count: int) -> None:
    same = DroppedEvents.objects.filter(day=day)
    if same.update(count=F("count") + count):
        return
    try:
        with transaction.atomic():
            DroppedEvents.objects.create(day=day, count=count)
    except IntegrityError:  # another process made it meanwhile
        same.update(count=F("count") + count)


def count_finished(now: datetime) -> list[CountedPeriod]:
    """Counts each finished day and month that is not counted yet, what is counted by day first; what it counted.

    A day is finished two hours (and a margin) after its end, a month with its last day.
    """
    first, last = first_day(), last_finished_day(now)
    if first is None:
        return []
    done = set(CountedPeriod.objects.values_list("length", "starts"))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    months = [day.replace(day=1) for day in days if (day + timedelta(days=1)).day == 1]
    due = [(length, day) for length in (CountedPeriod.Length.DAY, CountedPeriod.Length.OFFERS) for day in days]
    due += [(CountedPeriod.Length.MONTH, each) for each in months]
    counted = []
    for length, starts in due:
        if (length, starts) not in done and (period := _count(length, starts, now)):
            counted.append(period)
    return counted


def _count(length: str, starts: date, now: datetime) -> CountedPeriod | None:
    """Counts one; None if somebody else did meanwhile."""
    with transaction.atomic():
        period, new = CountedPeriod.objects.get_or_create(length=length, starts=starts, defaults={"counted_at": now})
        if not new:
            return None
        _COUNT[length](starts)
    return period


def _count_day(day: date) -> None:
    count = count_day(day, facts_of(day, day))
    CountedSearches.objects.bulk_create(CountedSearches(day=day, **_columns(row)) for row in count.searches)
    CountedUse.objects.bulk_create(CountedUse(day=day, **_columns(row)) for row in count.uses)
    CountedChoice.objects.bulk_create(CountedChoice(day=day, **_columns(row)) for row in count.choices)


def _count_offers(day: date) -> None:
    rows = count_offers(day, facts_of(day, day))
    CountedOffer.objects.bulk_create(CountedOffer(day=day, **_columns(row)) for row in rows)


def _columns(row: SearchRow | UseRow | ChoiceRow | OfferRow) -> dict[str, Any]:
    # The key of a partner or an opportunity that may be gone by now.
    keys = {"partner": "partner_id", "opportunity": "opportunity_id"}
    return {keys.get(name, name): value for name, value in asdict(row).items()}


def _count_month(month: date) -> None:
    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    rows = count_terms(month, last, facts_of(month, last))
    CountedTerms.objects.bulk_create(CountedTerms(month=month, **asdict(row)) for row in rows)


_COUNT: dict[str, Callable[[date], None]] = {
    CountedPeriod.Length.DAY: _count_day,
    CountedPeriod.Length.OFFERS: _count_offers,
    CountedPeriod.Length.MONTH: _count_month,
}


def _event(happening: Happening, at: datetime, visitor: str) -> Event:
    data = dict(happening.data)
    terms = str(data.pop("terms", ""))
    token = happening.token
    return Event(
        name=happening.name,
        at=at,
        surface=happening.surface,
        visitor=visitor,
        search=token.search if token else "",
        rank=token.rank or None if token else None,
        opportunity_id=happening.opportunity,
        partner_id=happening.partner,
        terms=clean_terms(terms),
        data=clean_data(data),
    )

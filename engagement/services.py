"""Writing events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from .cleaning import clean_data, clean_terms
from .drops import drops
from .events import Happening
from .models import DroppedEvents, Event
from .patience import short_transaction


def record(happenings: Iterable[Happening], at: datetime, visitor: str = "") -> None:
    """Records what happened, in one transaction of its own. `visitor` is the kind of organisation, or empty.

    Raises what the database raises; `record_or_drop` does not.
    """
    events = [_event(each, at, visitor) for each in happenings]
    with short_transaction():
        # What a search led to before counts no second time.
        Event.objects.bulk_create(events, ignore_conflicts=True)


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

"""What is old goes: events once they are counted, and whatever else says how long it is kept (`figures.retention`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField, Model, Q, QuerySet
from django.utils import timezone

from figures.retention import Retention

from .catalogue import EVENT_DAYS, TERMS_DAYS
from .counting import AROUND, bounds, last_finished_day
from .facts import first_day
from .models import CountedPeriod, Event

# So many rows in one statement: a longer one would keep others from writing.
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Applied:
    """What one rule did: which model, which rule in words, how many rows."""

    model: str
    rule: str
    rows: int


def apply_retention(now: datetime) -> list[Applied]:
    """Applies every rule; what each of them did. Safe to run again, and late."""
    return [*_apply_to_events(now), *(_apply(model, rule, now) for model, rule in declared())]


def declared() -> Iterator[tuple[type[Model], Retention]]:
    """Every rule that a model of any room declares, in the order in which they stand."""
    for model in apps.get_models():
        for rule in getattr(model, "retention", ()):
            yield model, rule


def said(rule: Retention) -> str:
    """A rule in words: "e-mail emptied 365 days after made_at"."""
    what = f"{', '.join(rule.clears)} emptied" if rule.clears else "deleted"
    when = f"{rule.days} days after" if rule.days else "at"
    return f"{what} {when} {rule.since}"


def _apply(model: type[Model], rule: Retention, now: datetime) -> Applied:
    past = now - timedelta(days=rule.days)
    is_moment = isinstance(model._meta.get_field(rule.since), DateTimeField)
    moment: datetime | date = past if is_moment else timezone.localdate(past)
    due = model._base_manager.filter(**{f"{rule.since}__lte": moment})
    erase = rule.erase or _delete
    rows = _clear(due, rule.clears) if rule.clears else erase(due)
    return Applied(model._meta.label, said(rule), rows)


def _apply_to_events(now: datetime) -> list[Applied]:
    """Nothing goes before it is counted, in its day and, for what was typed, in its month."""
    by_day = [_counted_until(now, length) for length in (CountedPeriod.Length.DAY, CountedPeriod.Length.OFFERS)]
    before = min([now - timedelta(days=EVENT_DAYS), *(each for each in by_day if each)]) if all(by_day) else None
    old = Event.objects.filter(at__lt=before) if before else Event.objects.none()
    counted = _counted_until(now, CountedPeriod.Length.MONTH)
    before = min(now - timedelta(days=TERMS_DAYS), counted) if counted else None
    told = Event.objects.filter(at__lt=before) if before else Event.objects.none()
    return [
        Applied(Event._meta.label, said(Retention("at", TERMS_DAYS, clears=("terms",))), _clear(told, ("terms",))),
        Applied(Event._meta.label, said(Retention("at", EVENT_DAYS)), _delete(old)),
    ]


def _counted_until(now: datetime, length: str) -> datetime | None:
    """The moment before which no event is needed any more to count; None without events."""
    first = first_day()
    if first is None:
        return None
    done = set(CountedPeriod.objects.filter(length=length).values_list("starts", flat=True))
    day = first
    last = last_finished_day(now)
    while day <= last and (day.replace(day=1) if length == CountedPeriod.Length.MONTH else day) in done:
        day += timedelta(days=1)
    # The first day that is not counted: a search that led to something on it may have begun before.
    return bounds(day)[0] - AROUND


def _clear(rows: QuerySet[Any], names: tuple[str, ...]) -> int:
    fields = {name: rows.model._meta.get_field(name) for name in names}
    values = {name: None if field.null else "" for name, field in fields.items()}
    held = Q()
    for name, value in values.items():
        held |= ~Q(**({f"{name}__isnull": True} if value is None else {name: value}))
    return sum(rows.model._base_manager.filter(pk__in=keys).update(**values) for keys in _batches(rows.filter(held)))


def _delete(rows: QuerySet[Any]) -> int:
    return sum(rows.model._base_manager.filter(pk__in=keys).delete()[0] for keys in _batches(rows))


def _batches(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """The keys of rows that are due, some at a time, until there are none: each batch is done with before the next."""
    last: Any = None
    while True:
        left = rows if last is None else rows.filter(pk__gt=last)
        keys = list(left.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
        if not keys:
            return
        yield keys
        last = keys[-1]

"""Writing events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from .events import Happening
from .models import Event


def record(happenings: Iterable[Happening], at: datetime, visitor: str = "") -> None:
    """Records what happened, in one transaction of its own. `visitor` is the kind of organisation, or empty."""
    events = [_event(each, at, visitor) for each in happenings]
    with transaction.atomic():
        # What a search led to before counts no second time.
        Event.objects.bulk_create(events, ignore_conflicts=True)


def _event(happening: Happening, at: datetime, visitor: str) -> Event:
    data = dict(happening.data)
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
        terms=data.pop("terms", ""),
        data=data,
    )

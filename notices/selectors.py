"""Reading messages: what waits, what is left, and what people want none of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from .capacities import Capacity
from .catalogue import KINDS, Kind
from .models import Notice, SwitchedOff

# Sending takes a minute at the most (the time limit of the mail server's connection), so a process has died by then.
STUCK_AFTER = timedelta(minutes=10)
LATE_AFTER = timedelta(minutes=30)
TOLD_DAYS = 7


@dataclass(frozen=True, slots=True)
class Choice:
    """One kind of message, and whether the person gets it."""

    kind: Kind
    on: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How sending stands: messages late, left half-sent, and failed within seven days."""

    late: int
    half_sent: int
    failed: int

    @property
    def ok(self) -> bool:
        """Whether messages go out and none is left."""
        return not (self.late or self.half_sent or self.failed)


def is_switched_off(kind: Kind, address: str) -> bool:
    """Whether the person with this address wants none of this kind."""
    return SwitchedOff.objects.filter(address=address.strip().lower(), kind=kind.slug).exists()


def choices_of(address: str, capacities: Collection[Capacity]) -> list[Choice]:
    """Every kind that somebody gets who is this, in the order of the catalogue, with what the person with this address chose."""
    off = set(SwitchedOff.objects.filter(address=address.strip().lower()).values_list("kind", flat=True))
    kinds = [kind for kind in KINDS if not set(kind.to).isdisjoint(capacities)]
    return [Choice(kind, on=not (kind.optional and kind.slug in off)) for kind in kinds]


def half_sent(now: datetime) -> QuerySet[Notice]:
    """Messages that a process claimed and never finished: they may have gone, or not."""
    return Notice.objects.filter(state=Notice.State.SENDING, claimed_at__lt=now - STUCK_AFTER)


def left_over(now: datetime) -> QuerySet[Notice]:
    """Messages that will not go by themselves: half-sent, or failed."""
    return half_sent(now) | Notice.objects.filter(state=Notice.State.FAILED)


def standing(now: datetime) -> Standing:
    """How sending stands now."""
    waiting = Notice.objects.filter(state=Notice.State.WAITING, due_at__lte=now)
    # One whose task got lost is made due anew when it gets another, but was written when it was.
    late = Q(due_at__lt=now - LATE_AFTER) | Q(attempts=0, created_at__lt=now - LATE_AFTER)
    return Standing(
        late=waiting.filter(late).count(),
        half_sent=half_sent(now).count(),
        failed=Notice.objects.filter(
            state=Notice.State.FAILED, created_at__gte=now - timedelta(days=TOLD_DAYS)
        ).count(),
    )

"""The nightly reminders, run on days that a test names."""

from datetime import UTC, date, datetime, timedelta

import time_machine
from django.core.management import call_command

from notices.models import Notice

CONFIRMED = date(2027, 1, 12)


def at(number: int) -> datetime:
    """Half past seven in the morning (in London's summer an hour later), so many days after CONFIRMED."""
    return datetime(2027, 1, 12, 7, 30, tzinfo=UTC) + timedelta(days=number)


def run_on(*numbers: int) -> list[tuple[int, str, str]]:
    """Runs the whole command on these days, and retention after it; what was written: the day, the kind, to whom."""
    written: list[tuple[int, str, str]] = []
    for number in numbers:
        seen = set(Notice.objects.values_list("pk", flat=True))
        with time_machine.travel(at(number), tick=False):
            call_command("send_reminders", verbosity=0)
            call_command("apply_retention", verbosity=0)
        new = Notice.objects.exclude(pk__in=seen).order_by("kind", "pk")
        written += [(number, notice.kind, notice.address) for notice in new]
    return written

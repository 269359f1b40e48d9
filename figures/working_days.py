"""Working days: Monday to Friday."""

from datetime import datetime, timedelta

from django.utils import timezone

SATURDAY = 5


def one_working_day_after(moment: datetime) -> datetime:
    """The same time in London on the next working day: what officers promise (measure P5). Bank holidays count as any day."""
    local = timezone.localtime(moment)
    day = local.date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, local.time()))

"""Opportunities that were found and used, for figures by week."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from engagement.catalogue import EventName
from engagement.models import Event
from opportunities.models import Opportunity


def at(day: date, hour: int = 12) -> datetime:
    """An hour of a day in London."""
    return datetime.combine(day, time(hour), timezone.get_default_timezone())


def use(opportunity: Opportunity, day: date, *, searches: int = 0, views: int = 0, actions: int = 0) -> None:
    """So many searches that showed it, views and actions on a day."""
    about = {"opportunity": opportunity, "partner_id": opportunity.offered_by_id}
    kept = Event.objects.count()
    Event.objects.bulk_create(
        [
            *(
                Event(
                    name=EventName.SEARCH_PERFORMED, at=at(day), search=f"s{kept}-{n}", data={"shown": [opportunity.pk]}
                )
                for n in range(searches)
            ),
            *(Event(name=EventName.OPPORTUNITY_VIEWED, at=at(day), **about) for _ in range(views)),
            *(Event(name=EventName.WEBSITE_OPENED, at=at(day), **about) for _ in range(actions)),
        ]
    )


def weeks_ago(number: int) -> date:
    """The Monday so many weeks ago."""
    today = timezone.localdate()
    return today - timedelta(days=today.weekday() + 7 * number)

"""What the tests of dates share: a partner's member who is signed in, an opportunity, and a rule as a browser sends it."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from opportunities.models import Opportunity
from tests.factories import OpportunityFactory, PartnerMemberFactory
from tests.people import sign_in


def monday(weeks: int = 4) -> Any:
    """A Monday to come."""
    today = timezone.localdate()
    return today + timedelta(days=7 * weeks - today.weekday())


def rule(**fields: Any) -> dict[str, Any]:
    """Every Monday and Wednesday for two weeks, 10am to noon, 30 places, whatever day it is."""
    return {
        "on": ["0", "2"],
        "every": "1",
        "first": monday().isoformat(),
        "last": (monday() + timedelta(days=13)).isoformat(),
        "start": "10:00",
        "end": "12:00",
        "places": "30",
        "terms": "london",
        "skip": ["taken"],
        **fields,
    }


def days_of(first: Any, *offsets: int) -> list[str]:
    """Days so many days after the first."""
    return [(first + timedelta(days=offset)).isoformat() for offset in offsets]


class Keeper:
    """Somebody who keeps the dates of an opportunity of theirs."""

    def __init__(self, client: Client, **fields: Any) -> None:
        self.client = client
        self.opportunity: Opportunity = OpportunityFactory.create(availability="dated", **fields)
        self.partner = self.opportunity.offered_by
        self.user = sign_in(client, PartnerMemberFactory.create(partner=self.partner))

    @property
    def address(self) -> str:
        """The page of its dates."""
        return f"/portal/{self.partner.pk}/opportunities/{self.opportunity.pk}/dates/"

    def add(self, days: list[str], **fields: Any) -> Any:
        """Sends the rule with the ticked days."""
        return self.client.post(self.address, {**rule(**fields), "date": days})

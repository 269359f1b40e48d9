"""What follows for opportunities in the same transaction: when something is sent to officers, and with their partner."""

from typing import Any

from wagtail.models import TaskState
from wagtail.signals import task_submitted

from accounts.models import User
from partners.models import Partner
from partners.signals import partner_suspended
from partners.suspension import take_back

from .models import Opportunity
from .notices import tell_decision_needed


def sent(instance: TaskState, **_: Any) -> None:
    """Officers hear at once of what cannot be accepted without a safeguarding decision."""
    tell_decision_needed(instance)


def take_offers_back(partner: Partner, user: User, **_: Any) -> list[int]:
    """Takes what a suspended partner offers back from the officers; the keys of the moderations that this ended."""
    return take_back(Opportunity, Opportunity.objects.filter(offered_by=partner).values_list("pk", flat=True), user)


def connect() -> None:
    """Listens to Wagtail's moderation and to partners."""
    task_submitted.connect(sent, dispatch_uid="opportunities.sent")
    partner_suspended.connect(take_offers_back, dispatch_uid="opportunities.take_offers_back")

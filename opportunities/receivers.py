"""What follows when something is sent to officers, from the portal or in the CMS."""

from typing import Any

from wagtail.models import TaskState
from wagtail.signals import task_submitted

from .notices import tell_decision_needed


def sent(instance: TaskState, **_: Any) -> None:
    """Officers hear at once of what cannot be accepted without a safeguarding decision."""
    tell_decision_needed(instance)


def connect() -> None:
    """Listens to Wagtail's moderation."""
    task_submitted.connect(sent, dispatch_uid="opportunities.sent")

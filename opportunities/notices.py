"""What is written to officers about what waits for them."""

from django.utils import timezone
from wagtail.models import TaskState

from accounts.models import ADMINISTRATORS, OFFICERS, User
from notices.catalogue import DECISION_NEEDED, WAITING_FOR_OFFICERS
from notices.services import send

from .models import OfficerApproval, Opportunity
from .selectors import is_held, waiting_for_moderation

NAMED = 5
SATURDAY = 5


def _officers() -> list[User]:
    """Those who moderate: officers, and where there are none, administrators."""
    active = User.objects.filter(is_active=True)
    return list(active.filter(groups__name=OFFICERS)) or list(active.filter(groups__name=ADMINISTRATORS))


def tell_decision_needed(state: TaskState) -> None:
    """Tells officers at once that what was sent waits for a safeguarding decision. Once for each time it is sent."""
    if not isinstance(state.task.specific, OfficerApproval) or state.revision is None:
        return
    reviewed = state.revision.as_object()
    if not isinstance(reviewed, Opportunity) or not is_held(reviewed):
        return
    context = {"title": state.revision.object_str, "partner": reviewed.offered_by, "state": state}
    for officer in _officers():
        send(DECISION_NEEDED, officer.email, key=f"sent {state.pk}", context=context)


def tell_what_waits() -> None:
    """Tells officers on a weekday what waits for them, in one message. Once a day, and not at all if nothing waits."""
    today = timezone.localdate()
    waiting = waiting_for_moderation()
    total = waiting.count()
    if today.weekday() >= SATURDAY or not total:
        return
    first = list(waiting[:NAMED])
    context = {"total": total, "since": first[0].started_at, "first": first}
    for officer in _officers():
        send(WAITING_FOR_OFFICERS, officer.email, key=today.isoformat(), context=context)

"""What is written to officers about what waits for them."""

from collections.abc import Collection, Mapping
from datetime import date

from django.utils import timezone
from wagtail.models import TaskState

from accounts.models import ADMINISTRATORS, OFFICERS, User
from notices.catalogue import DECISION_NEEDED, WAITING_FOR_OFFICERS
from notices.services import send
from partners.four_eyes import concerned_by, judge_tie, senders_of, who_may_accept
from partners.models import PartnerMembership

from .models import OfficerApproval, Opportunity
from .selectors import is_held, waiting_for_moderation

NAMED = 5
SATURDAY = 5


def _administrators() -> list[User]:
    return list(User.objects.filter(is_active=True, groups__name=ADMINISTRATORS))


def _officers() -> list[User]:
    """Those who moderate: officers, and where there are none, administrators."""
    return list(User.objects.filter(is_active=True, groups__name=OFFICERS)) or _administrators()


def tell_decision_needed(state: TaskState) -> None:
    """Tells officers at once that what was sent waits for a safeguarding decision. Once for each time it is sent."""
    if not isinstance(state.task.specific, OfficerApproval) or state.revision is None:
        return
    reviewed = state.revision.as_object()
    if not isinstance(reviewed, Opportunity) or not is_held(reviewed):
        return
    context = {"title": state.revision.object_str, "partner": reviewed.offered_by, "state": state}
    for officer in _who_decide(state):
        send(DECISION_NEEDED, officer.email, key=f"sent {state.pk}", context=context)


def _who_decide(state: TaskState) -> list[User]:
    """Those of them who may accept this; where none may, administrators: those who may first of all, or else any."""
    free = set(who_may_accept(concerned_by(state.workflow_state.content_object, state.revision), senders_of(state)))
    administrators = _administrators()
    return (
        [one for one in _officers() if one in free] or [one for one in administrators if one in free] or administrators
    )


def tell_what_waits() -> None:
    """Tells officers on a weekday what waits for them, in one message. Once a day, and not at all if nothing waits.

    What none of them may accept, since it is their own, is told to the administrators.
    """
    today = timezone.localdate()
    waiting = [state for state in waiting_for_moderation() if state.workflow_state.content_object is not None]
    if today.weekday() >= SATURDAY or not waiting:
        return
    officers = _officers()
    _tell(officers, waiting, today)
    _tell([one for one in _administrators() if one not in officers], _accepted_by_none(waiting, officers), today)


def _accepted_by_none(waiting: list[TaskState], officers: list[User]) -> list[TaskState]:
    serves: dict[int, set[int]] = {officer.pk: set() for officer in officers}
    for user, partner in PartnerMembership.objects.filter(user__in=officers).values_list("user_id", "partner_id"):
        serves[user].add(partner)
    return [state for state in waiting if _is_own_of_all(state, serves)]


def _is_own_of_all(state: TaskState, serves: Mapping[int, Collection[int]]) -> bool:
    concerned, senders = concerned_by(state.workflow_state.content_object, state.revision), senders_of(state)
    return all(judge_tie(pk, served, concerned, senders) for pk, served in serves.items())


def _tell(people: list[User], waiting: list[TaskState], today: date) -> None:
    """Tells these people that so much waits; nothing if nothing does."""
    if waiting:
        context = {"total": len(waiting), "since": waiting[0].started_at, "first": waiting[:NAMED]}
        for person in people:
            send(WAITING_FOR_OFFICERS, person.email, key=today.isoformat(), context=context)

"""What goes with a suspension besides hiding: moderation is taken back, sign-ins end; and what of it comes again."""

from collections.abc import Iterable
from typing import cast

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry, WorkflowState

from accounts.models import User
from accounts.services import end_sign_ins

from .models import Partner, Publishable
from .selectors import moderation_of
from .signals import partner_suspended

SUSPEND = "partners.suspend"


def stop_everything(partner: Partner, user: User) -> dict[str, object]:
    """Takes moderation back and ends the sign-ins of its people, inside the caller's transaction; what that was, in numbers.

    All of its people are signed out, on every device. Who acts for other partners too signs in again for those.
    """
    withdrawn = take_back(Partner, [partner.pk], user)
    for _, keys in partner_suspended.send(Partner, partner=partner, user=user):
        withdrawn += cast("list[int]", keys)
    people = list(User.objects.filter(partner_memberships__partner=partner).distinct())
    for person in people:
        end_sign_ins(person)
    return {"moderation": withdrawn, "people": len(people)}


def take_back(model: type[Publishable], keys: Iterable[int], user: User) -> list[int]:
    """Takes these partners or opportunities back from the officers; the keys of the moderations that this ended."""
    under_way = [
        state for state in moderation_of(model, keys).values() if state.status == WorkflowState.STATUS_IN_PROGRESS
    ]
    for state in under_way:
        state.cancel(user)
    return [state.pk for state in under_way]


def start_again(partner: Partner) -> int:
    """Puts before the officers again what its suspension took back from them; how many. Nobody has changed it since."""
    entry = last_suspension(partner)
    keys = entry.data.get("moderation", []) if entry else []
    started = 0
    for state in WorkflowState.objects.filter(pk__in=keys, status=WorkflowState.STATUS_CANCELLED).order_by("pk"):
        thing = state.content_object
        if thing is None or not state.workflow.active:
            continue
        try:
            state.workflow.start(thing, state.requested_by)
        except ValidationError:  # an officer has sent it meanwhile
            continue
        started += 1
    return started


def last_suspension(partner: Partner) -> ModelLogEntry | None:
    """The entry in the history that tells who suspended it last, when and why."""
    found: ModelLogEntry | None = (
        ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(Partner, for_concrete_model=False),
            object_id=str(partner.pk),
            action=SUSPEND,
        )
        .select_related("user")
        .order_by("timestamp", "pk")
        .last()
    )
    return found

"""What is written to a partner's people about what they sent: kept in the transaction of the decision."""

from wagtail.models import TaskState

from accounts.models import User
from notices.catalogue import ACCEPTED, RETURNED
from notices.services import send

from .models import Partner, Publishable
from .selectors import people_to_tell


def partner_of(thing: Publishable) -> Partner:
    """Whose it is: the partner itself, or the one that offers the opportunity."""
    if isinstance(thing, Partner):
        return thing
    partner: Partner = thing.offered_by
    return partner


def tell_returned(thing: Publishable, decision: TaskState) -> None:
    """Tells whoever sent it, and the owners, that an officer asks for changes. Once for each decision."""
    context = {**_context(thing, decision), "asked": decision.field_comments.count()}
    for user in people_to_tell(partner_of(thing), *_senders(decision), owners=True):
        send(RETURNED, user.email, key=f"decision {decision.pk}", context=context)


def tell_accepted(thing: Publishable, decision: TaskState) -> None:
    """Tells whoever sent it that it is public, or on which day it will be. Once for each decision."""
    accepted = decision.revision.as_object()
    context = {**_context(thing, decision), "goes_live_at": accepted.go_live_at}
    for user in people_to_tell(partner_of(thing), *_senders(decision)):
        send(ACCEPTED, user.email, key=f"decision {decision.pk}", context=context)


def _senders(decision: TaskState) -> tuple[User | None, ...]:
    return decision.revision.user, decision.workflow_state.requested_by


def _context(thing: Publishable, decision: TaskState) -> dict[str, object]:
    return {
        "title": decision.revision.object_str,
        "thing": thing,
        "partner": partner_of(thing),
        "is_partner": isinstance(thing, Partner),
        "say": decision.comment,
    }

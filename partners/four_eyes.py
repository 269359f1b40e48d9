"""Four eyes: who acts for a partner, or sent something themselves, is not the one who makes it public.

Asked in three places, each enough by itself: where accepting is offered, where it is done (`partners.moderation`), and
wherever anything is published in somebody's name (`Publishable.publish`). ADR 52 gives the reasons.
"""

from collections.abc import Collection, Iterable
from enum import Enum

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Q
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Revision, TaskState, WorkflowState

from accounts.models import ADMINISTRATORS, OFFICERS, User
from accounts.rules import is_administrator

from .models import Partner, Publishable
from .selectors import under_review

ALONE = "partners.accept_own"
NAMED = 3
SEND_IT = "Send it for moderation."
LEFT_AS_DRAFT = "It is left as a draft."


class Tie(Enum):
    """What ties somebody to a thing, so that another has to accept it. The value stands in the history."""

    SERVES = "serves"
    SENT = "sent"


def judge_tie(user: int, serves: Collection[int], concerned: Collection[int], senders: Collection[int]) -> Tie | None:
    """The tie between a user and a thing, by their numbers alone: the partners one serves and those it concerns."""
    if not set(serves).isdisjoint(concerned):
        return Tie.SERVES
    return Tie.SENT if user in senders else None


class OwnMatterError(ValidationError):
    """Somebody would make public what is their own. `tie` says why it is."""

    def __init__(self, message: str, tie: Tie) -> None:
        super().__init__(message, code="four_eyes")
        self.tie = tie


def concerned_by(thing: Publishable, revision: Revision | None = None) -> frozenset[int]:
    """The partners whose matter it is, as it is public now and as the revision says it: it may be moved from one to another."""
    said: Publishable | None = revision.as_object() if revision is not None else None
    return thing.concerns | (said.concerns if said is not None else frozenset())


def senders_of(state: TaskState) -> frozenset[int]:
    """Who wrote what is before the officers, and who asked for it."""
    return frozenset(key for key in (state.revision.user_id, state.workflow_state.requested_by_id) if key is not None)


def _senders_now(thing: Publishable) -> frozenset[int]:
    """Who wrote or sent what is before the officers now; nobody if nothing is."""
    state = under_review(thing)
    return senders_of(state) if state is not None and state.revision is not None else frozenset()


def _served_among(user: User, concerned: Collection[int]) -> list[int]:
    return list(user.partner_memberships.filter(partner__in=concerned).values_list("partner_id", flat=True))


def tie_to_sent(user: User, thing: Publishable, state: TaskState) -> Tie | None:
    """What keeps the user from accepting what is before the officers; None if nothing does."""
    concerned = concerned_by(thing, state.revision)
    return judge_tie(user.pk, _served_among(user, concerned), concerned, senders_of(state))


def check_publishes(user: User, thing: Publishable, revision: Revision) -> None:
    """Raises OwnMatterError if the user may not make this revision public.

    An administrator may, once the history says that they accepted it alone (`note_alone`).
    """
    concerned = concerned_by(thing, revision)
    senders = _senders_now(thing)
    tie = judge_tie(user.pk, _served_among(user, concerned), concerned, senders)
    if tie is not None and not _noted_alone(user, thing, revision):
        onward = SEND_IT if tie is Tie.SERVES and not senders else ""
        raise OwnMatterError(why_not(tie, concerned, senders | {user.pk}, onward=onward), tie)


def check_not_asked_by(user: User, thing: Publishable, sent: WorkflowState) -> None:
    """Raises OwnMatterError if the user asked for what is accepted now, wherever that happens."""
    revision = sent.current_task_state.revision
    if sent.requested_by_id == user.pk and not _noted_alone(user, thing, revision):
        raise OwnMatterError(why_not(Tie.SENT, concerned_by(thing, revision), (user.pk,)), Tie.SENT)


def why_not_by(user: User, thing: Publishable, *, onward: str = "") -> str:
    """Why the user may not make this public, for a page or the row of an import; empty if they may.

    `thing` may be a draft, or new: it concerns the partners that it names, and those that the saved one does.
    """
    saved = type(thing)._default_manager.filter(pk=thing.pk).first() if thing.pk else None
    concerned = thing.concerns | (saved.concerns if saved is not None else frozenset())
    senders = _senders_now(saved) if saved is not None else frozenset()
    tie = judge_tie(user.pk, _served_among(user, concerned), concerned, senders)
    return why_not(tie, concerned, senders | {user.pk}, onward=onward) if tie is not None else ""


def check_accepts(user: User, thing: Publishable, state: TaskState, *, alone: bool) -> None:
    """Raises OwnMatterError if somebody else has to accept this. An administrator may alone, which the history then says."""
    tie = tie_to_sent(user, thing, state)
    if tie is None:
        return
    if not (alone and is_administrator(user)):
        concerned = concerned_by(thing, state.revision)
        raise OwnMatterError(why_not(tie, concerned, senders_of(state) | {user.pk}), tie)
    data = {"revision": state.revision_id, "because": tie.value}
    log(instance=thing, action=ALONE, user=user, revision=state.revision, data=data)


def check_vouches(user: User, thing: Publishable) -> None:
    """Raises OwnMatterError if the user acts for a partner that this concerns, so that another has to vouch for it.

    It is for what officers say beside accepting: a document seen, a safeguarding decision, the end of a suspension. An
    administrator may, which stands in the history.
    """
    if why := why_not_vouch(user, thing):
        raise OwnMatterError(why, Tie.SERVES)
    if _served_among(user, concerned_by(thing)):
        log(instance=thing, action=ALONE, user=user, data={"because": Tie.SERVES.value})


def why_not_vouch(user: User, thing: Publishable) -> str:
    """Why the user may not vouch for something of this, for a form; empty if they may, an administrator always."""
    concerned = concerned_by(thing)
    if not _served_among(user, concerned) or is_administrator(user):
        return ""
    return why_not(Tie.SERVES, concerned, (user.pk,), must="decide on this", can="do it")


def _noted_alone(user: User, thing: Publishable, revision: Revision) -> bool:
    kind = ContentType.objects.get_for_model(type(thing), for_concrete_model=False)
    return ModelLogEntry.objects.filter(
        content_type=kind, object_id=str(thing.pk), action=ALONE, user_id=user.pk, revision=revision
    ).exists()


def who_may_accept(concerned: Collection[int], senders: Iterable[int]) -> list[User]:
    """Officers and administrators without a tie, officers first, by name."""
    roles = Q(groups__name__in=(OFFICERS, ADMINISTRATORS)) | Q(is_superuser=True)
    free = User.objects.filter(roles, is_active=True).exclude(pk__in=set(senders))
    free = free.exclude(partner_memberships__partner__in=concerned)
    officers = set(User.objects.filter(groups__name=OFFICERS).values_list("pk", flat=True))
    return sorted(set(free), key=lambda one: (one.pk not in officers, one.last_name, one.first_name, one.pk))


def why_not(
    tie: Tie,
    concerned: Collection[int],
    senders: Iterable[int],
    *,
    onward: str = "",
    must: str = "make this public",
    can: str = "accept it",
) -> str:
    """Why somebody with this tie may not, and who can, in words for an officer."""
    if tie is Tie.SERVES:
        names = " and ".join(Partner.objects.filter(pk__in=concerned).order_by("name").values_list("name", flat=True))
        why = f"You act for {names}, so somebody else has to {must}."
    else:
        why = f"You wrote or sent this yourself, so somebody else has to {must}."
    return " ".join(filter(None, (why, onward, who_can(who_may_accept(concerned, senders), can))))


def who_can(people: list[User], can: str) -> str:
    """Who can do it, in a sentence."""
    if not people:
        return f"Nobody else can at the moment: an administrator can make somebody an officer, or {can} alone."
    names = [str(one) for one in people[:NAMED]]
    more = len(people) - len(names)
    if more:
        names.append("one other" if more == 1 else f"{more} others")
    said = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{said} can {can}."

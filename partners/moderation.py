"""Officers' answers to what partners send: accepted, or returned with comments by aspect.

What is accepted is exactly the revision that the officer read. Whoever sends, takes back, accepts or returns holds the row
of the thing itself until the transaction ends, so that one comes after the other.
"""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision, TaskState

from accounts.models import User

from .aspects import differs
from .four_eyes import check_accepts
from .models import FieldComment, Publishable
from .selectors import open_comments, under_review

LONGEST_COMMENT = 1_000
NOTHING_ASKED = "Say what they should change: by a field, or in the line to the partner."
TOO_LONG = f"Shorten this to {LONGEST_COMMENT:,} characters."


class Superseded(Exception):  # noqa: N818  says what happened, like DoesNotExist
    """The revision that somebody decided on is not before the officers any more. `current` is what is, if anything."""

    def __init__(self, current: TaskState | None) -> None:
        super().__init__("Another revision was sent, or this one was decided on, meanwhile.")
        self.current = current


def _decided_on(thing: Publishable, revision: Revision, user: User) -> TaskState:
    """What is before the officers, if it is this revision and the user may decide. Locks the thing.

    Raises Superseded or PermissionDenied.
    """
    held: Publishable | None = type(thing)._default_manager.select_for_update().filter(pk=thing.pk).first()
    state = under_review(held) if held is not None else None
    if held is None or state is None or state.revision_id != revision.pk:
        raise Superseded(state)
    if not state.task.specific.get_actions(held, user):
        raise PermissionDenied
    return state


def accept(thing: Publishable, revision: Revision, user: User, *, say: str = "", alone: bool = False) -> None:
    """Accepts exactly this revision, which goes public at once or when its own day comes.

    Raises Superseded if it is not before the officers any more, PermissionDenied if the user may not decide, and
    ValidationError if it may not go public after all, as without a safeguarding decision, or if somebody else has to
    accept it. `alone` lets an administrator do so all the same, which stands in the history then.
    """
    with transaction.atomic():
        _check_length({"say": say})
        state = _decided_on(thing, revision, user)
        check_accepts(user, thing, state, alone=alone)
        state.task.specific.on_action(state, user, "approve", comment=say.strip())


def return_with_comments(
    thing: Publishable, revision: Revision, user: User, comments: Mapping[str, str], say: str = ""
) -> None:
    """Asks for changes. `comments` are by the slug of an aspect, `say` is the officer's word on the whole.

    Raises Superseded or PermissionDenied as `accept` does, and ValidationError, by aspect, if nothing is asked for or a
    comment names no aspect or is too long.
    """
    asked = {slug: words.strip() for slug, words in comments.items() if words.strip()}
    unknown = asked.keys() - {aspect.slug for aspect in thing.aspects}
    if unknown:
        raise ValidationError(f"There is nothing called {', '.join(sorted(unknown))} to comment on.")
    if not asked and not say.strip():
        raise ValidationError({"say": NOTHING_ASKED})
    _check_length({**asked, "say": say})
    with transaction.atomic():
        state = _decided_on(thing, revision, user)
        now = timezone.now()
        FieldComment.objects.bulk_create(
            FieldComment(decision_id=state.pk, field=slug, comment=words, made_by=user, made_at=now)
            for slug, words in asked.items()
        )
        state.task.specific.on_action(state, user, "reject", comment=say.strip())


def _check_length(words: Mapping[str, str]) -> None:
    long = {name: TOO_LONG for name, each in words.items() if len(each.strip()) > LONGEST_COMMENT}
    if long:
        raise ValidationError(long)


def settle_mended(thing: Publishable, sent: Revision) -> None:
    """Settles what was asked for where the revision that is sent now says something else than the one returned."""
    aspects = {aspect.slug: aspect for aspect in thing.aspects}
    new = sent.as_object()
    now = timezone.now()
    for comment in open_comments(thing):
        aspect = aspects.get(comment.field)
        if aspect is None or differs(comment.decision.revision.as_object(), new, aspect):
            comment.settled_at = now
            comment.save(update_fields=["settled_at"])


def settle_all(thing: Publishable) -> None:
    """Settles whatever was asked for: officers have accepted."""
    for comment in open_comments(thing):
        comment.settled_at = timezone.now()
        comment.save(update_fields=["settled_at"])

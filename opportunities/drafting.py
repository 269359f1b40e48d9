"""Describing an opportunity from its partner's side: begun, written step by step, copied, sent or ended.

Each is a transaction, and in the history with who and when. What is live is never touched before officers accept.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish import UnpublishAction
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Revision

from accounts.models import User
from partners import services as moderation
from partners.models import Partner

from .models import Opportunity
from .requirements import QUESTIONS, submission_problems
from .steps import SEVERAL, Step

# What a copy does not take over: what it was called elsewhere, what belongs to one year, what is decided anew, and how
# far the first one was.
NOT_COPIED: Mapping[str, Any] = {
    "pk": None,
    "reference": "",
    "deadline": None,
    "campaign": None,
    "live": False,
    "has_unpublished_changes": True,
    "first_published_at": None,
    "last_published_at": None,
    "live_revision": None,
    "latest_revision": None,
    "go_live_at": None,
    "expire_at": None,
    "expired": False,
    "locked": False,
    "locked_at": None,
    "locked_by": None,
    **dict.fromkeys(QUESTIONS),
}


def begin(partner: Partner, kind: str, title: str, user: User) -> Opportunity:
    """Makes a draft that says no more than its kind and title. Raises ValidationError if it cannot be called that."""
    opportunity = Opportunity(offered_by=partner, kind=kind, title=title)
    opportunity.full_clean(exclude=["summary", "description"])
    return _make(opportunity, user)


def _make(opportunity: Opportunity, user: User) -> Opportunity:
    with transaction.atomic():
        opportunity.live, opportunity.has_unpublished_changes = False, True
        opportunity.save()
        log(instance=opportunity, action="wagtail.create", user=user, content_changed=True)
        opportunity.save_revision(user=user, log_action=True, clean=False)
    return opportunity


def copy(opportunity: Opportunity, user: User) -> Opportunity:
    """A new draft that says what the latest draft of another does, sets too, without its dates.

    The three safeguarding questions are asked anew: what was true last year need not be.
    """
    data = opportunity.get_latest_revision_as_object().serializable_data() | NOT_COPIED
    for rows in data.values():
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict):
                row["pk"] = None
    draft: Opportunity | None = Opportunity.from_serializable_data(data, check_fks=True, strict_fks=False)
    if draft is None:
        raise ValidationError("What this belongs to is no longer there, so it cannot be copied.")
    return _make(draft, user)


def shown_content(opportunity: Opportunity, seen: int | None) -> dict[str, Any] | None:
    """What the draft said in the revision that somebody had before them; None if that cannot be known any more.

    Without a number it is what is live, as long as there is no revision: there was none then.
    """
    if seen is None and opportunity.latest_revision_id is not None:
        return None
    if seen is None:
        content: dict[str, Any] = json.loads(json.dumps(opportunity.serializable_data(), cls=DjangoJSONEncoder))
        return content
    revision = opportunity.revisions.filter(pk=seen).first()
    return None if revision is None else revision.content


def says_the_same(step: Step, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two contents of a draft say the same in this step; the keys of rows do not matter."""
    return all(_said(one, name) == _said(other, name) for name in step.names)


def _said(content: Mapping[str, Any], name: str) -> Any:
    value = content.get(SEVERAL.get(name, name))
    if not isinstance(value, list):
        return value
    rows = [_words(row) if isinstance(row, dict) else row for row in value]
    return sorted(rows, key=str) if name in SEVERAL else rows


def _words(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in {"pk", "sort_order"}}


def keep(draft: Opportunity, user: User, *, seen: int | None, picture: File[bytes] | None = None) -> Revision:
    """Keeps a draft, finished or not, with a new picture if there is one; `seen` is the latest revision when it was read.

    Raises `partners.services.EditedMeanwhile` and ValidationError like `partners.services.keep_draft`.
    """
    with transaction.atomic():
        moderation.check_seen(draft, user, seen)
        if picture is not None:
            draft.image = get_image_model().objects.create(title=draft.title, file=picture, uploaded_by_user=user)
        return moderation.keep_draft(draft, user, seen=seen)


def submit(opportunity: Opportunity, user: User) -> None:
    """Puts the latest draft before the officers. Raises ValidationError, by field, for what is missing or contradicts."""
    with transaction.atomic():
        locked = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
        moderation.check_open(locked, user)
        problems = submission_problems(locked.get_latest_revision_as_object())
        if problems:
            raise ValidationError(problems)
        moderation.submit(locked, user)


def withdraw(opportunity: Opportunity, user: User) -> None:
    """Takes it back from the officers. Raises ValidationError if it is not with them."""
    moderation.withdraw(opportunity, user)


def end(opportunity: Opportunity, user: User) -> None:
    """Takes a live one off the public pages at once. A draft of it stays, taken back if officers had it before them.

    Raises ValidationError if it is not live.
    """
    with transaction.atomic():
        locked = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
        if not locked.live:
            raise ValidationError("This is not public now.")
        if locked.workflow_in_progress:
            moderation.withdraw(locked, user)
        # What was made in bulk has no such moment; without one it would look as if it had never been public.
        locked.first_published_at = locked.first_published_at or timezone.now()
        # The partner's people have no right to publish, but may take down what is theirs.
        UnpublishAction(locked, user=user).execute(skip_permission_checks=True)

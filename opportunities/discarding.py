"""Discarding what a partner wrote: a draft that was never public, or the changes of what is.

Each is a transaction, and in the history with who and when. What the public sees stays as it is.
"""

from enum import Enum

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from partners import services as moderation
from partners.selectors import moderation_of

from .models import Opportunity

WAS_PUBLIC = "This has been public, so it stays on record. End it instead."
NO_CHANGES = "There are no changes to discard. The public sees this as it stands."


class Discardable(Enum):
    """What of an opportunity can be thrown away."""

    DRAFT = "draft"  # all of it: it was never public
    CHANGES = "changes"  # what differs from what the public sees
    NOTHING = ""


def discardable(opportunity: Opportunity) -> Discardable:
    """What can be thrown away of it, whoever has it before them. Pure."""
    if opportunity.live:
        return Discardable.CHANGES if opportunity.has_unpublished_changes else Discardable.NOTHING
    return Discardable.DRAFT if opportunity.first_published_at is None else Discardable.NOTHING


def discard(opportunity: Opportunity, user: User, *, seen: int | None) -> Discardable:
    """Deletes a draft that was never public, or makes the latest draft of a live one say again what is public.

    `seen` is the number of the revision that they had before them (None: there was none). Raises Opportunity.DoesNotExist
    if it is gone already, `partners.services.EditedMeanwhile` if there is a later revision, and ValidationError if nothing
    can be discarded, or while officers have it or have locked it.
    """
    with transaction.atomic():
        held = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
        what = discardable(held)
        if what is Discardable.NOTHING:
            raise ValidationError(NO_CHANGES if held.live else WAS_PUBLIC)
        moderation.check_seen(held, user, seen)
        if what is Discardable.DRAFT:
            _delete(held, user)
        else:
            _restore(held, user)
    return what


def _delete(draft: Opportunity, user: User) -> None:
    if draft.sessions.filter(taken__gt=0).exists():
        raise ValidationError("Places are taken in its dates. Release them first.")
    log(instance=draft, action="wagtail.delete", user=user, deleted=True)
    draft.delete()


def _restore(live: Opportunity, user: User) -> None:
    """A revision that says what is public becomes the latest one. Earlier ones stay: officers' answers hang on them."""
    discarded = live.latest_revision
    asked = moderation_of(Opportunity, [live.pk]).get(live.pk)
    if asked is not None:
        asked.cancel(user)
    live.save_revision(user=user, changed=False, clean=False)
    live.has_unpublished_changes = False
    live.save(update_fields=["has_unpublished_changes"])
    data = {"discarded": discarded.pk if discarded is not None else None}
    log(instance=live, action="opportunities.discard_changes", user=user, data=data, revision=live.latest_revision)

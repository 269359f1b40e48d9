"""What importing partners and importing opportunities both need of drafts."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from taggit.models import ItemBase
from wagtail.locks import BasicLock, ScheduledForPublishLock

from partners.models import Publishable
from taxonomy.models import Term


def latest_draft[T: Publishable](instance: T) -> T:
    """The object as its latest draft says, for changing; the object itself if nothing is unpublished."""
    draft: T = instance.get_latest_revision_as_object()
    return draft


def refuse_locked(instance: Publishable) -> None:
    """Raises ValidationError, saying what to do, if nobody may write a draft now."""
    lock = instance.get_lock()
    if lock is None:
        return
    if isinstance(lock, BasicLock):
        raise ValidationError("It is locked. Unlock it in the CMS, then import this row again.")
    if isinstance(lock, ScheduledForPublishLock):
        raise ValidationError("It is scheduled to be published. Wait until it is, or cancel that in the CMS.")
    raise ValidationError("It waits for approval. Decide on it in the CMS, then import this row again.")


def replace_terms(items: Any, through: type[ItemBase], terms: Iterable[Term]) -> None:
    """Makes the draft's terms these, leaving alone the rows that stay. `items` are its rows, such as `partner.sector_items`."""
    wanted = {term.pk: term for term in terms}
    held = [item for item in items.all() if item.tag_id in wanted]
    new = wanted.keys() - {item.tag_id for item in held}
    items.set([*held, *(through(tag=wanted[pk]) for pk in wanted if pk in new)])

"""What was sent to officers, as tests of moderation begin with it."""

from typing import Any

from django.db import models
from wagtail.models import TaskState

from accounts.models import User
from partners import services
from partners.models import Publishable
from partners.selectors import under_review


def again[T: models.Model](thing: T) -> T:
    """The same, as the database holds it now."""
    return type(thing)._default_manager.get(pk=thing.pk)


def redraft(thing: Publishable, user: User, **fields: Any) -> None:
    """Its people keep a draft with other values in these fields."""
    draft = again(thing).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    services.keep_draft(draft, user, seen=again(thing).latest_revision_id)


def sent(thing: Publishable, user: User, **fields: Any) -> TaskState:
    """A draft with these values is put before the officers; what is before them then."""
    redraft(thing, user, **fields)
    services.submit(again(thing), user)
    state = under_review(again(thing))
    assert state is not None
    return state

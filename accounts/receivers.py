"""What goes with signing in, and with an account, whoever deletes it: a page of the CMS, a command, the nightly job."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from django.http import HttpRequest
from wagtail.users.models import UserProfile

from .invitations import revoke_invitation
from .models import Invitation, User
from .rules import needs_second_factor
from .selectors import AS_STAFF

#: For so long officers, editors and administrators stay signed in, whatever they do meanwhile: a working day.
STAFF_SESSION = timedelta(hours=12)


@receiver(user_logged_in, dispatch_uid="accounts.begin_session")
def begin_session(request: HttpRequest, user: User, **_: Any) -> None:
    """Notes in what role somebody signed in, however they did, and ends the session of staff within the day."""
    staff = needs_second_factor(user)
    request.session[AS_STAFF] = staff
    request.session.set_expiry(STAFF_SESSION if staff else None)


@receiver(pre_delete, sender=User, dispatch_uid="accounts.take_back_invitations")
def take_back_invitations(instance: User, **_: Any) -> None:
    """Makes the links useless that this person sent: with the account it would be forgotten who vouched for them."""
    for kind in Invitation.__subclasses__():
        for invitation in kind._default_manager.filter(invited_by=instance, accepted_at=None, revoked_at=None):
            revoke_invitation(invitation, None)


@receiver(post_delete, sender=UserProfile, dispatch_uid="accounts.delete_picture")
def delete_picture(instance: UserProfile, **_: Any) -> None:
    """Deletes the file of the picture that somebody showed in the CMS, once it is kept that they are gone."""
    if name := instance.avatar.name:
        storage = instance.avatar.storage
        transaction.on_commit(lambda: storage.delete(name))

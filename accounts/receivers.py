"""What goes with an account, whoever deletes it: a page of the CMS, a command, the nightly job."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from wagtail.users.models import UserProfile

from .invitations import revoke_invitation
from .models import Invitation, User


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

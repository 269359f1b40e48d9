"""What follows from what happens to users."""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from .models import User
from .services import keep_address


@receiver(post_save, sender=User, dispatch_uid="accounts.keep_address")
def keep_address_in_step(
    instance: User, created: bool, raw: bool = False, update_fields: Collection[str] | None = None, **_: Any
) -> None:
    """Whoever adds a user or changes an address, on a page of the CMS or by command: codes go to that address."""
    if not raw and (created or update_fields is None or "email" in update_fields):
        keep_address(instance)

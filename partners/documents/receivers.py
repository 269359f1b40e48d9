"""A file goes with its row, however that goes: by hand, with its partner, or when it has been kept long enough."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from partners.models import AssuranceDocument


@receiver(post_delete, sender=AssuranceDocument, dispatch_uid="partners.delete_file")
def delete_file(instance: AssuranceDocument, **_: Any) -> None:
    """Deletes the file as soon as the row is gone for good."""
    if instance.file:
        name, storage = str(instance.file.name), instance.file.storage
        transaction.on_commit(lambda: storage.delete(name))

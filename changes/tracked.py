"""Models whose changes go to the outbox."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from .services import record


class Tracked(models.Model):
    """A model whose saves and deletes are recorded as changes, in the same transaction.

    Comes before every other base class, so that what they save is inside the transaction.
    `.update()` and bulk writes bypass it: whoever uses them calls `changes.services.record`.
    """

    # Saving only these changes nothing that anyone outside the CMS sees.
    QUIET_FIELDS = frozenset(
        {
            "latest_revision",
            "latest_revision_id",
            "has_unpublished_changes",
            "locked",
            "locked_at",
            "locked_by",
            "draft_title",
        }
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Saves and records the change; both or neither."""
        if update_fields is not None:
            update_fields = list(update_fields)
            kwargs["update_fields"] = update_fields
        with transaction.atomic():
            super().save(*args, **kwargs)
            if update_fields is None or not self.QUIET_FIELDS.issuperset(update_fields):
                record(type(self), [self.pk])

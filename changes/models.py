"""The outbox: which objects changed, for whoever must know.

A change is recorded in the transaction that makes it, one row for each feed, and is deleted by
its reader once it has acted on it. Readers re-read the object: a row says that something
changed, never what.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction


class Feed(models.Model):
    """A reader of changes, such as one host's embedded index."""

    name = models.CharField(max_length=100, unique=True)
    opened_at = models.DateTimeField()
    drained_at = models.DateTimeField(help_text="When its reader last asked. A feed silent for a day is dropped.")

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """One object changed, as one feed has still to hear."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="changes")
    model = models.CharField(max_length=100, help_text="For example opportunities.opportunity.")
    object_id = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["feed", "id"])]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id} for {self.feed_id}"


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
        from .services import record

        if update_fields is not None:
            update_fields = list(update_fields)
            kwargs["update_fields"] = update_fields
        with transaction.atomic():
            super().save(*args, **kwargs)
            if update_fields is None or not self.QUIET_FIELDS.issuperset(update_fields):
                record(type(self), [self.pk])

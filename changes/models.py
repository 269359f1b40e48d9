"""The outbox: which objects changed, for whoever must know.

A change is recorded in the transaction that makes it, one row for each feed, and is deleted by
its reader once it has acted on it. Readers re-read the object: a row says that something
changed, never what.
"""

from django.db import models


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

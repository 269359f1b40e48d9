"""A dated offering of an opportunity."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from changes.tracked import Tracked

from .opportunity import Opportunity


class Session(Tracked, models.Model):
    """A session. Its places can never be oversold: the database holds `taken` to `capacity`.

    A cancelled one stays, so that whoever looks it up reads why; it is not on offer, and nothing else about it changes.
    """

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="sessions")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    capacity = models.PositiveIntegerField(null=True, blank=True, help_text="Places; empty when any number may come.")
    taken = models.PositiveIntegerField("places taken", default=0)
    waiting = models.PositiveIntegerField("people waiting", default=0)
    label = models.CharField(max_length=60, blank=True, help_text="For example Relaxed session.")
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_because = models.CharField(
        max_length=400, blank=True, editable=False, help_text="The words that schools read."
    )

    class Meta:
        ordering = ["starts", "id"]
        indexes = [models.Index(fields=["opportunity", "ends"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name="session_never_oversold"
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="session_ends_after_it_starts"),
            models.UniqueConstraint(fields=["opportunity", "starts", "label"], name="one_session_a_start"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | ~Q(cancelled_because=""), name="session_cancelled_with_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity}, {timezone.localtime(self.starts):%-d %B %Y, %H:%M}"

    @property
    def places_left(self) -> int | None:
        """Places that can still be asked for; None when any number may come."""
        return None if self.capacity is None else self.capacity - self.taken

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not happen."""
        return self.cancelled_at is not None

    @property
    def is_full(self) -> bool:
        """Whether no place is left."""
        return self.places_left == 0

    def clean(self) -> None:
        """Raises ValidationError if times or places contradict each other."""
        super().clean()
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": "It ends before it starts. Check both times."})
        if self.capacity is not None and self.taken > self.capacity:
            raise ValidationError({"capacity": f"{self.taken} places are taken already. Type {self.taken} or more."})

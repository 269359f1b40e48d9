"""Messages to people, as they wait and as they were sent, and what people want none of."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from figures.retention import Retention

from .catalogue import BY_SLUG, Kind

KEPT_DAYS = 90
SWITCHED_OFF_DAYS = 1095


class Notice(models.Model):
    """One message to one address. Its key makes it the only one of its kind about what it tells."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Could not be sent"

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200, help_text="What it is about: there is one message of a kind with this key.")
    address = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True, help_text="Why the last attempt failed.")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(default=timezone.now, help_text="While it waits: when it is to be tried.")
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    retention: ClassVar = (Retention("created_at", KEPT_DAYS),)

    class Meta:
        verbose_name = "message"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["created_at"], condition=~Q(state="sent"), name="notice_not_sent")]
        constraints = [models.UniqueConstraint(fields=["kind", "key", "address"], name="one_notice_a_key")]

    def __str__(self) -> str:
        return f"{self.subject} ({self.get_state_display()})"

    @property
    def catalogued(self) -> Kind | None:
        """Its kind; None once the kind is gone from the catalogue."""
        return BY_SLUG.get(self.kind)

    @property
    def is_secret(self) -> bool:
        """Whether its words let somebody in; what is no longer catalogued is taken for one of those."""
        return self.catalogued is None or self.catalogued.secret


class SwitchedOff(models.Model):
    """A kind of message that an address wants none of."""

    address = models.EmailField(max_length=254)
    kind = models.CharField(max_length=40)
    used_at = models.DateTimeField(help_text="When it was switched off, or last kept a message back.")

    # An address that nobody has written to for three years needs no protection from messages.
    retention: ClassVar = (Retention("used_at", SWITCHED_OFF_DAYS),)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "kind"], name="one_switch_a_kind")]

    def __str__(self) -> str:
        return f"No {self.kind}"

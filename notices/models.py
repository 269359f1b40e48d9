"""Messages to people, as they wait and as they were sent."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from figures.retention import Retention

KEPT_DAYS = 90


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
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    retention: ClassVar = (Retention("created_at", KEPT_DAYS),)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["created_at"], condition=~Q(state="sent"), name="notice_not_sent")]
        constraints = [models.UniqueConstraint(fields=["kind", "key", "address"], name="one_notice_a_key")]

    def __str__(self) -> str:
        return f"{self.subject} ({self.get_state_display()})"

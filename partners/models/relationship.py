"""Which department looks after which partner."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from accounts.models import Department

from .partner import Partner


class Relationship(models.Model):
    """A department's relationship with a partner, with the person who owns it."""

    class Status(models.TextChoices):
        PROSPECTIVE = "prospective", "Prospective"
        ACTIVE = "active", "Active"
        PAUSED = "paused", "Paused"
        ENDED = "ended", "Ended"

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="relationships")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="relationships")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="relationships"
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["department"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "department"], name="one_relationship_a_department"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(started_on=None) | Q(ended_on__gte=F("started_on")),
                name="relationship_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} and {self.partner}"

    def clean(self) -> None:
        """Raises ValidationError if it ends before it starts."""
        super().clean()
        if self.started_on and self.ended_on and self.ended_on < self.started_on:
            raise ValidationError({"ended_on": "It ends before it starts. Check both dates."})

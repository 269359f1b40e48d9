"""What an officer decided on an opportunity's answers to the three safeguarding questions."""

from django.conf import settings
from django.db import models

from changes.tracked import Tracked

from .opportunity import Opportunity


class SafeguardingDecision(Tracked, models.Model):
    """A decision on exactly these answers: for others it does not count. The latest on the same answers holds."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="safeguarding_decisions")
    in_private_home = models.BooleanField()
    alone_with_one_adult = models.BooleanField()
    under_16 = models.BooleanField()
    accepted = models.BooleanField()
    reason = models.TextField(help_text="What was asked, what was answered, and why this follows.")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-decided_at"]

    def __str__(self) -> str:
        return f"{'Accepted' if self.accepted else 'Refused'}: {self.opportunity}"

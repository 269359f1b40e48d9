"""Dated documents of a partner that an officer has seen."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from changes.tracked import Tracked

from .partner import Partner


class AssuranceKind(models.TextChoices):
    """What can be assured. DBS certificates are not among them: they are never kept."""

    PUBLIC_LIABILITY = "public_liability", "Public liability insurance"
    EMPLOYERS_LIABILITY = "employers_liability", "Employers' liability insurance"
    SAFEGUARDING_POLICY = "safeguarding_policy", "Safeguarding policy"
    VETTING = "vetting", "How adults are vetted"
    RISK_ASSESSMENT = "risk_assessment", "Risk assessment"


class Assurance(Tracked, models.Model):
    """One document that an officer has seen. A newer one of the same kind takes its place; old ones are kept."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="assurances")
    kind = models.CharField(max_length=30, choices=AssuranceKind)
    note = models.CharField(
        max_length=200,
        blank=True,
        help_text="If it was not the usual document: the insurer's letter for work experience, or significant risks stated.",
    )
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    seen_on = models.DateField()
    expires = models.DateField(
        null=True, blank=True, help_text="The last day on which it holds. Empty only for risks stated without a date."
    )

    class Meta:
        ordering = ["kind", "-seen_on"]
        indexes = [models.Index(fields=["partner", "kind", "expires"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires=None) | Q(expires__gte=F("seen_on")), name="assurance_expires_after_it_was_seen"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.partner}"

    def clean(self) -> None:
        """Raises ValidationError if a document lacks the expiry it has, or its dates contradict each other or today."""
        super().clean()
        if self.seen_on and self.seen_on > timezone.localdate():
            raise ValidationError({"seen_on": "This day is still to come. Type the day on which you saw it."})
        if self.seen_on and self.expires and self.expires < self.seen_on:
            raise ValidationError({"expires": "It had lapsed before it was seen. Check both dates."})
        if self.expires is None and self.kind != AssuranceKind.RISK_ASSESSMENT:
            raise ValidationError({"expires": "Type the last day on which this document holds."})

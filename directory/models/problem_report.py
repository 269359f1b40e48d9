"""A problem that a visitor saw on the page of an opportunity or a partner."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from figures.retention import Retention
from opportunities.models import Opportunity
from partners.models import Partner

EMAIL_DAYS = 365
REPORT_DAYS = 3 * 365


class ProblemReport(models.Model):
    """What is wrong, for officers. It is about an opportunity (and its partner) or about a partner."""

    class Kind(models.TextChoices):
        """What kind of problem it is."""

        WRONG = "wrong", "Something here is wrong or out of date"
        NO_ANSWER = "no_answer", "The partner does not answer"
        ACCESS = "access", "It was not as accessible as it says"
        CONCERN = "concern", "I am worried about somebody’s safety"
        OTHER = "other", "Something else"

    retention: ClassVar[tuple[Retention, ...]] = (
        Retention("settled_at", 0, clears=("email",)),
        Retention("made_at", EMAIL_DAYS, clears=("email",)),
        Retention("made_at", REPORT_DAYS),
    )

    kind = models.CharField("what kind of problem", max_length=10, choices=Kind)
    what = models.TextField("what is wrong", max_length=2000)
    opportunity = models.ForeignKey(Opportunity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField("e-mail address", blank=True)
    made_at = models.DateTimeField("reported")
    settled_at = models.DateTimeField("settled", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField("what came of it", max_length=500, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        # Nothing of what was written: the history keeps this name for longer than the report.
        return f"Problem report {self.pk}"

    @property
    def in_brief(self) -> str:
        """The beginning of what was written, for a list."""
        return self.what[:60]

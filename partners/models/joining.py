"""How people and partners come in: invitations, and applications of those who are not here yet."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from accounts.models import Invitation
from figures.retention import Retention
from taxonomy.validators import validate_full_postcode

from .membership import PartnerMembership
from .partner import Partner

#: After the decision: long enough for a question about it.
PERSON_KEPT_DAYS = 30
APPLICATION_KEPT_DAYS = 365


class PartnerInvitation(Invitation):
    """Somebody may act for a partner."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10, choices=PartnerMembership.Role, default=PartnerMembership.Role.MEMBER)
    belongs_to = "partner"

    @property
    def as_what(self) -> str:
        """An owner or a member."""
        return "an owner" if self.role == PartnerMembership.Role.OWNER else "a member"

    @property
    def may_be_joined(self) -> bool:
        """Nobody joins a partner that is suspended."""
        return self.partner.suspended_at is None

    @property
    def inviter_may(self) -> bool:
        """Officers, and owners of the partner."""
        from partners.rules import is_partner_owner

        return super().inviter_may or is_partner_owner(self.invited_by, self.partner)


class PartnerApplication(models.Model):
    """Somebody asks that their organisation becomes a partner."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        ACCEPTED = "accepted", "Accepted"
        MERGED = "merged", "Joined to a partner"
        DECLINED = "declined", "Declined"

    class Offer(models.TextChoices):
        VISIT = "visit", "Visit or workshop"
        PLACEMENT = "placement", "Work experience placement"
        TALK = "talk", "Careers talk or event"
        MENTORING = "mentoring", "Mentoring"
        COURSE = "course", "Course or training"
        JOB = "job", "Job or apprenticeship"
        OTHER = "other", "Something else"

    kind = models.CharField(max_length=20, choices=Partner.Kind)
    name = models.CharField(max_length=120)
    website = models.URLField(blank=True)
    postcode = models.CharField(max_length=8, blank=True, validators=[validate_full_postcode])
    person_name = models.CharField("who applies", max_length=100, blank=True)
    email = models.EmailField("work e-mail", max_length=254, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    offers = models.JSONField("would offer", default=list, blank=True)
    idea = models.CharField("what people would do", max_length=500)
    same_as = models.ForeignKey(
        Partner,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="says that it is",
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, editable=False)
    reason = models.TextField(blank=True, editable=False)
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.SET_NULL, related_name="applications", editable=False
    )
    made_at = models.DateTimeField("sent", editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    retention: ClassVar[tuple[Retention, ...]] = (
        Retention("decided_at", PERSON_KEPT_DAYS, ("person_name", "email", "telephone", "postcode")),
        Retention("made_at", APPLICATION_KEPT_DAYS),
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "application"

    def __str__(self) -> str:
        return self.name

    @property
    def offers_in_words(self) -> str:
        """What they would offer."""
        labels: dict[Any, Any] = dict(self.Offer.choices)
        return ", ".join(str(labels[value]) for value in self.offers if value in labels)

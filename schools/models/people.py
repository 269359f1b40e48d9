"""The staff who may act for a school, and those who say that they are."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from accounts.models import Invitation
from figures.retention import Retention

from .school import School

APPLICATION_KEPT_DAYS = 365
#: Of an office that has not answered.
UNANSWERED_KEPT_DAYS = 30


class SchoolMembership(models.Model):
    """Somebody who may act for a school."""

    class Role(models.TextChoices):
        TEACHER = "teacher", "Teacher"
        CAREERS_LEADER = "careers_leader", "Careers leader"
        VISITS_COORDINATOR = "visits_coordinator", "Visits coordinator"
        SENCO = "senco", "SENCO"
        DSL = "dsl", "Designated safeguarding lead"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="school_memberships")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    verified_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the school confirmed this person. Until then they see what the public sees.",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "school", "role"], name="one_school_membership_a_role")]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} at {self.school}"


def check_roles(roles: list[str]) -> None:
    """Raises ValidationError unless it is a list of one or more different roles."""
    known = set(SchoolMembership.Role.values)
    if not isinstance(roles, list) or not roles or len(set(roles)) != len(roles) or not set(roles) <= known:
        raise ValidationError("Choose what this person does at the school.")


def in_words(roles: list[str]) -> str:
    """Roles as people say them."""
    return ", ".join(SchoolMembership.Role(role).label for role in roles if role in SchoolMembership.Role.values)


class SchoolInvitation(Invitation):
    """Somebody may join a school's people.

    If somebody of the school who may confirm colleagues invites, the person is confirmed by that. If an officer does, the
    office of the school is asked first, as for everybody who asks by themselves.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="invitations")
    roles = models.JSONField(default=list, validators=[check_roles])
    belongs_to = "school"

    @property
    def as_what(self) -> str:
        """Its roles."""
        return in_words(self.roles)

    @property
    def may_be_joined(self) -> bool:
        """Nobody joins a school that has closed."""
        return self.school.open

    @property
    def inviter_may(self) -> bool:
        """Whoever has an account still: of those who may not confirm any more, the school is asked (`people.join`)."""
        return self.invited_by is None or self.invited_by.is_active


class StaffApplication(models.Model):
    """Somebody says that they work at a school. The school's office says whether that is so, or a colleague does."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        CONFIRMED = "confirmed", "Confirmed"
        DECLINED = "declined", "Not confirmed"

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="applications")
    first_name = models.CharField(max_length=60, blank=True)
    last_name = models.CharField(max_length=60, blank=True)
    email = models.EmailField("work e-mail", max_length=254, blank=True)
    roles = models.JSONField(default=list, validators=[check_roles])
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, editable=False)
    made_at = models.DateTimeField("sent", editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
        help_text="A colleague; nobody if the office answered.",
    )
    # The link that the office was sent.
    asked_at = models.DateTimeField("office asked", null=True, blank=True, editable=False)
    asked_address = models.EmailField(max_length=254, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    ends_at = models.DateTimeField("link good until", null=True, blank=True, editable=False)

    retention: ClassVar[tuple[Retention, ...]] = (
        Retention("decided_at", 0, ("first_name", "last_name", "email")),
        Retention("ends_at", UNANSWERED_KEPT_DAYS, ("first_name", "last_name", "email", "asked_address")),
        Retention("made_at", APPLICATION_KEPT_DAYS),
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "application of staff"
        verbose_name_plural = "applications of staff"

    def __str__(self) -> str:
        return f"Application {self.pk} at {self.school}"

    @property
    def name(self) -> str:
        """Who says so."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def roles_in_words(self) -> str:
        """What they say they do."""
        return in_words(self.roles)

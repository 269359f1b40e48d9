"""People who sign in, and the teams of the City that they belong to.

Memberships of partners and schools live in the rooms of those organisations.
"""

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.utils import timezone

from figures.retention import Retention

OFFICERS, EDITORS, ADMINISTRATORS = "Officers", "Editors", "Administrators"

#: How long a link that asks somebody in stays good.
GOOD_FOR = timedelta(days=14)
#: So long whoever invited sees whom, if nobody came.
ADDRESS_KEPT_DAYS = 30
INVITATION_KEPT_DAYS = 365
#: 24 months: so long an account is kept that nobody needs and nobody signs in with.
UNUSED_DAYS = 730
#: Its person is told so long before it is erased.
WARNED_DAYS = 30


def _erase_unneeded(warned: models.QuerySet[Any]) -> int:
    """Loaded when it is called: what it does builds on the models."""
    from .unneeded import erase

    return erase(warned)


class UserManager(BaseUserManager["User"]):
    """Makes users that sign in by e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new user. A password is not kept (see `User.set_password`). Raises ValueError without an address."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new user with every permission."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Finds the user by address in any case."""
        return self.get(email=(username or "").lower())


class User(AbstractUser):
    """Somebody who signs in by a code sent to their e-mail address, or by a passkey. Nobody has a password."""

    username = None  # type: ignore[assignment]  # the address is the name
    email = models.EmailField("e-mail address", unique=True)
    warned_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When this person was told that the account, which nobody needs any more, will be erased.",
    )

    retention: ClassVar = (Retention("warned_at", WARNED_DAYS, erase=_erase_unneeded),)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]  # AbstractUser's manager wants a username

    class Meta:
        ordering = ["email"]

    def clean(self) -> None:
        """Writes the address as it is kept, so that the same address in other letters counts as taken."""
        super().clean()
        self.email = self.email.lower()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps addresses in lower case, fills the password field with what never matches, and says where codes go to.

        Whoever adds a user or changes an address, on a page of the CMS or by command: codes go to that address.
        """
        from .services import keep_address

        changed = kwargs.get("update_fields")
        self.email = self.email.lower()
        if not self.password:
            self.set_unusable_password()
        with transaction.atomic():
            super().save(*args, **kwargs)
            if changed is None or "email" in changed:
                keep_address(self)

    def set_password(self, raw_password: str | None) -> None:
        """Keeps no password, whoever sets one: a form of another project, a command. It would be a way around codes.

        What stands in the field is random, and sessions hold a keyed hash of it: setting it anew ends them.
        """
        self.set_unusable_password()

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class Attempt(models.Model):
    """How often something was tried of late, or a code that was used: a row of the cache that all processes share.

    Django's cache reads and writes it (settings, CACHES). Some keys hold an address on the internet.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    retention: ClassVar = (Retention("expires", 0),)


class Department(models.Model):
    """A City service that owns relationships with partners."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DepartmentMembership(models.Model):
    """Somebody works in a department."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="department_memberships")
    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="memberships")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "department"], name="one_membership_a_department")]

    def __str__(self) -> str:
        return f"{self.user} in {self.department}"


class AdviserTeam(models.Model):
    """A team of Connecting Communities advisers."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "adviser team"

    def __str__(self) -> str:
        return self.name


class AdviserMembership(models.Model):
    """Somebody advises learners in a team."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="adviser_memberships")
    team = models.ForeignKey(AdviserTeam, on_delete=models.CASCADE, related_name="memberships")
    is_lead = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "team"], name="one_membership_a_team")]

    def __str__(self) -> str:
        return f"{self.user} in {self.team}"


class Invitation(models.Model):
    """Somebody may join an organisation, in a role, by a link that was sent to an address.

    Each room has a kind of its own, with the organisation and the role. Only a fingerprint of the link's secret is kept,
    so that nobody who reads the database can use one. The address is emptied as soon as it is of no more use.
    """

    email = models.EmailField("e-mail address", max_length=254, blank=True)
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    made_at = models.DateTimeField("sent", editable=False)
    ends_at = models.DateTimeField("good until", editable=False)
    accepted_at = models.DateTimeField("accepted", null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField("taken back", null=True, blank=True, editable=False)

    retention: ClassVar[tuple[Retention, ...]] = (
        Retention("accepted_at", 0, ("email",)),
        Retention("revoked_at", 0, ("email",)),
        Retention("ends_at", ADDRESS_KEPT_DAYS, ("email",)),
        Retention("made_at", INVITATION_KEPT_DAYS),
    )

    class Meta:
        abstract = True
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Invitation {self.pk} to {self.organisation}"

    #: The name of the key to who invites. Each kind says so.
    belongs_to: ClassVar[str]

    @property
    def organisation(self) -> models.Model:
        """Who invites."""
        organisation: models.Model = getattr(self, self.belongs_to)
        return organisation

    @property
    def to_whom(self) -> str:
        """The address that it was sent to, as long as it is kept."""
        return self.email or "Address deleted"

    @property
    def as_what(self) -> str:
        """What the invited person becomes, such as "an owner"; empty where there is one way to belong."""
        return ""

    @property
    def may_be_joined(self) -> bool:
        """Whether the organisation takes anybody in now."""
        return True

    @property
    def inviter_may(self) -> bool:
        """Whether whoever invited still may: not if their account was closed, or their right taken away."""
        by = self.invited_by
        return by is None or by.has_perm(f"{self._meta.app_label}.add_{self._meta.model_name}")

    @property
    def is_open(self) -> bool:
        """Whether the link works now."""
        return self.state == "Waiting" and self.may_be_joined and self.inviter_may

    @property
    def state(self) -> str:
        """How it stands, in a word or two."""
        if self.accepted_at:
            return "Accepted"
        if self.revoked_at:
            return "Taken back"
        return "Waiting" if self.ends_at > timezone.now() else "Run out"


class DepartmentInvitation(Invitation):
    """Somebody may join a department."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="invitations")
    belongs_to = "department"


class AdviserInvitation(Invitation):
    """Somebody may join a team of advisers."""

    team = models.ForeignKey(AdviserTeam, on_delete=models.CASCADE, related_name="invitations")
    is_lead = models.BooleanField("leads the team", default=False)
    belongs_to = "team"

    @property
    def as_what(self) -> str:
        """An adviser, or the lead of the team."""
        return "the lead of the team" if self.is_lead else "an adviser"

"""People who sign in, and the teams of the City that they belong to.

Memberships of partners and schools live in the rooms of those organisations.
"""

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models

from figures.retention import Retention

OFFICERS, EDITORS, ADMINISTRATORS = "Officers", "Editors", "Administrators"


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
        """Keeps addresses in lower case, and fills the password field with what never matches."""
        self.email = self.email.lower()
        if not self.password:
            self.set_unusable_password()
        super().save(*args, **kwargs)

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

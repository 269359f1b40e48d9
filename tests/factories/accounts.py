"""People, the City's roles, departments and adviser teams."""

from typing import Any

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from accounts.models import (
    ADMINISTRATORS,
    EDITORS,
    OFFICERS,
    AdviserMembership,
    AdviserTeam,
    Department,
    DepartmentMembership,
    User,
)


class UserFactory(DjangoModelFactory[User]):
    """Somebody without a role."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = "Sam"
    last_name = factory.Sequence(lambda n: f"Person {n}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(kwargs.pop("email"), **kwargs)


def _role(name: str) -> Any:
    """Puts the new user into the group of that name."""

    def join(user: User, create: bool, extracted: Any, **_: Any) -> None:
        user.groups.add(Group.objects.get_or_create(name=name)[0])

    return factory.post_generation(join)


class OfficerFactory(UserFactory):
    """Moderates what partners publish."""

    role = _role(OFFICERS)


class EditorFactory(UserFactory):
    """Keeps the pages."""

    role = _role(EDITORS)


class AdministratorFactory(UserFactory):
    """Looks after users, roles and settings."""

    role = _role(ADMINISTRATORS)


class DepartmentFactory(DjangoModelFactory[Department]):
    """A City department, found by its slug if it is there."""

    class Meta:
        model = Department
        django_get_or_create = ("slug",)

    slug = "culture"
    name = factory.LazyAttribute(lambda o: o.slug.replace("-", " ").capitalize())


class AdviserTeamFactory(DjangoModelFactory[AdviserTeam]):
    """A Connecting Communities team, found by its slug if it is there."""

    class Meta:
        model = AdviserTeam
        django_get_or_create = ("slug",)

    slug = "connecting-communities-east"
    name = factory.LazyAttribute(lambda o: o.slug.replace("-", " ").capitalize())


class DepartmentMemberFactory(UserFactory):
    """A user who works in a department: `DepartmentMemberFactory(department=…)`."""

    @factory.post_generation
    def department(obj: User, create: bool, extracted: Department | None, **_: Any) -> None:  # noqa: N805  factory-boy passes the new object first
        DepartmentMembership.objects.create(user=obj, department=extracted or DepartmentFactory.create())


class AdviserFactory(UserFactory):
    """A user who advises learners: `AdviserFactory(team=…)`."""

    @factory.post_generation
    def team(obj: User, create: bool, extracted: AdviserTeam | None, **_: Any) -> None:  # noqa: N805
        AdviserMembership.objects.create(user=obj, team=extracted or AdviserTeamFactory.create())

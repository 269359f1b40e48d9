"""Schools, their classes and terms, and their staff."""

from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from figures.academic_years import AcademicYear
from schools.models import Cohort, Group, School, SchoolMembership, StaffApplication, TermPeriod

from .accounts import UserFactory


def _this_year() -> int:
    return AcademicYear.of(timezone.localdate()).start_year


class SchoolFactory(DjangoModelFactory[School]):
    """A primary school in the City."""

    class Meta:
        model = School

    urn = factory.Sequence(lambda n: 900000 + n)
    name = factory.Sequence(lambda n: f"School {n}")
    phase = School.Phase.PRIMARY
    kind = School.Kind.COMMUNITY
    postcode = "EC2Y 8DS"


class TermPeriodFactory(DjangoModelFactory[TermPeriod]):
    """The autumn term of this academic year, for all London."""

    class Meta:
        model = TermPeriod

    academic_year = factory.LazyFunction(_this_year)
    name = "Autumn"
    starts = factory.LazyAttribute(lambda o: AcademicYear(o.academic_year).starts)
    ends = factory.LazyAttribute(lambda o: AcademicYear(o.academic_year).starts.replace(month=12, day=18))


class CohortFactory(DjangoModelFactory[Cohort]):
    """Year 4 of a school, 60 pupils, in this academic year."""

    class Meta:
        model = Cohort

    school = factory.SubFactory(SchoolFactory)
    academic_year = factory.LazyFunction(_this_year)
    year_group = 4
    roll = 60


class GroupFactory(DjangoModelFactory[Group]):
    """A class of 30."""

    class Meta:
        model = Group

    cohort = factory.SubFactory(CohortFactory)
    name = factory.Sequence(lambda n: f"{n}A")
    roll = 30


class TeacherFactory(UserFactory):
    """A user with a role in a school: `TeacherFactory(school=…, school__role="senco", school__verified=False)`."""

    @factory.post_generation
    def school(
        obj: User,  # noqa: N805  factory-boy passes the new object first
        create: bool,
        extracted: School | None,
        role: str = "teacher",
        verified: bool = True,
        **_: Any,
    ) -> None:
        SchoolMembership.objects.create(
            user=obj,
            school=extracted or SchoolFactory.create(),
            role=role,
            verified_at=timezone.now() if verified else None,
        )


class StaffApplicationFactory(DjangoModelFactory[StaffApplication]):
    """Somebody says that they teach at a school; nobody has been asked yet."""

    class Meta:
        model = StaffApplication

    school = factory.SubFactory(SchoolFactory)
    first_name = "Ada"
    last_name = "Byrne"
    email = factory.Sequence(lambda n: f"ada{n}@school.example")
    roles = factory.LazyFunction(lambda: ["teacher"])
    made_at = factory.LazyFunction(timezone.now)

"""Schools, year groups and classes: what contradicts itself is refused in words."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from schools.models import Cohort, Group, School, SchoolMembership, TermPeriod
from taxonomy.models import Borough
from tests.factories import CohortFactory, GroupFactory, SchoolFactory, TeacherFactory

pytestmark = pytest.mark.django_db


def problems(thing: School | Cohort | Group | TermPeriod, exclude: tuple[str, ...] = ()) -> dict[str, list[str]]:
    try:
        thing.full_clean(exclude=exclude)
    except ValidationError as error:
        return error.message_dict
    return {}


def school(**fields: object) -> School:
    return School(urn=100_001, name="Aldgate School", phase="primary", kind="community", postcode="EC3A 5DE", **fields)


def school_problems(**fields: object) -> dict[str, list[str]]:
    return problems(school(**fields), exclude=("outward_code",))


def test_a_school_is_placed_by_its_postcode() -> None:
    found = school()
    found.save()
    assert found.outward_code_id == "EC3A"
    assert str(found) == "Aldgate School"
    found.postcode = "e17 4jb"
    found.save()
    assert School.objects.get(pk=found.pk).outward_code.borough == Borough.objects.get(slug="waltham-forest")


def test_a_school_needs_a_whole_postcode_that_exists() -> None:
    assert school_problems() == {}
    assert "whole postcode" in problems(SchoolFactory.build(postcode="EC3A"), ("outward_code",))["postcode"][0]
    nowhere = SchoolFactory.build(postcode="EC9A 5DE")
    assert "no postcode that starts with EC9A" in problems(nowhere, ("outward_code",))["postcode"][0]
    with pytest.raises(ValidationError):
        nowhere.save()


def test_a_share_of_pupils_has_its_source_and_date() -> None:
    source = {"pupil_premium_source": "School census", "pupil_premium_on": date(2026, 10, 1)}
    assert school_problems(pupil_premium_share="31.5", **source) == {}
    assert "pupil_premium_source" in school_problems(pupil_premium_share="31.5")
    assert "pupil_premium_source" in school_problems(pupil_premium_share="31.5", pupil_premium_source="School census")
    assert "pupil_premium_share" in school_problems(pupil_premium_share="101", **source)
    assert "pupil_premium_share" in school_problems(pupil_premium_share="-1", **source)


def test_disadvantage_does_not_apply_to_independent_schools() -> None:
    found = SchoolFactory.build(
        kind="independent",
        pupil_premium_share="5",
        pupil_premium_source="Census",
        pupil_premium_on=date(2026, 10, 1),
    )
    assert "does not apply to independent schools" in problems(found, ("outward_code",))["pupil_premium_share"][0]


def test_ages_are_in_order() -> None:
    assert school_problems(age_from=4, age_to=11) == {}
    assert "highest age is below the lowest" in school_problems(age_from=11, age_to=4)["age_to"][0]


def test_one_number_one_school() -> None:
    SchoolFactory.create(urn=100_001)
    assert "URN" in school_problems()["urn"][0]


class TestRolls:
    """Classes do not overlap: together they hold the year group at most."""

    def test_classes_fill_the_year_group(self) -> None:
        cohort = CohortFactory.create(roll=60)
        GroupFactory.create(cohort=cohort, name="4A", roll=30)
        assert problems(Group(cohort=cohort, name="4B", roll=30)) == {}
        found = problems(Group(cohort=cohort, name="4B", roll=31))
        assert found == {"roll": ["The year group has 60 pupils, 30 of them in other classes. Type 30 or fewer."]}

    def test_a_class_does_not_count_against_itself(self) -> None:
        cohort = CohortFactory.create(roll=60)
        group = GroupFactory.create(cohort=cohort, name="4A", roll=30)
        group.roll = 60
        assert problems(group) == {}

    def test_a_full_year_group_takes_no_more(self) -> None:
        cohort = CohortFactory.create(roll=30)
        GroupFactory.create(cohort=cohort, roll=30)
        Cohort.objects.filter(pk=cohort.pk).update(roll=20)
        cohort.refresh_from_db()
        assert "Type 0 or fewer" in problems(Group(cohort=cohort, name="4B", roll=1))["roll"][0]

    def test_a_roll_does_not_fall_below_its_classes(self) -> None:
        cohort = CohortFactory.create(roll=60)
        GroupFactory.create(cohort=cohort, roll=30)
        cohort.roll = 29
        assert "Type 30 or more" in problems(cohort)["roll"][0]
        cohort.roll = 30
        assert problems(cohort) == {}

    def test_one_year_group_a_year_and_one_class_a_name(self) -> None:
        group = GroupFactory.create(name="4A")
        cohort = group.cohort
        with pytest.raises(IntegrityError), transaction.atomic():
            GroupFactory.create(cohort=cohort, name="4A")
        with pytest.raises(IntegrityError), transaction.atomic():
            CohortFactory.create(school=cohort.school, academic_year=cohort.academic_year, year_group=cohort.year_group)
        assert str(group) == f"4A, Year 4, {cohort.school}, {cohort.academic_year}/{cohort.academic_year % 100 + 1}"

    def test_reception_and_nursery_have_their_names(self) -> None:
        assert CohortFactory.create(year_group=0).get_year_group_display() == "Reception"
        assert CohortFactory.create(year_group=-1).get_year_group_display() == "Nursery"


def test_somebody_has_each_role_once_in_a_school() -> None:
    found = SchoolFactory.create()
    teacher = TeacherFactory.create(school=found)
    SchoolMembership.objects.create(user=teacher, school=found, role="senco")
    with pytest.raises(IntegrityError), transaction.atomic():
        SchoolMembership.objects.create(user=teacher, school=found, role="senco")


class TestTermDates:
    """A term lies in its year, runs forward, and is of a school or a borough or of all."""

    def period(self, **fields: object) -> dict[str, list[str]]:
        given = {"academic_year": 2026, "name": "Autumn", "starts": date(2026, 9, 3), "ends": date(2026, 12, 18)}
        return problems(TermPeriod(**{**given, **fields}))

    def test_plain(self) -> None:
        assert self.period() == {}
        assert self.period(borough=Borough.objects.get(slug="hackney")) == {}
        assert self.period(school=SchoolFactory.create()) == {}

    def test_backwards(self) -> None:
        assert "ends before it starts" in self.period(ends=date(2026, 9, 2))["ends"][0]

    def test_in_another_year(self) -> None:
        assert "outside 2026/27" in self.period(starts=date(2026, 8, 31))["academic_year"][0]
        assert "outside 2026/27" in self.period(ends=date(2027, 9, 1))["academic_year"][0]

    def test_of_two(self) -> None:
        found = self.period(borough=Borough.objects.get(slug="hackney"), school=SchoolFactory.create())
        assert "not both" in found["school"][0]

    def test_the_database_holds_to_it_too(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            TermPeriod.objects.create(academic_year=2026, name="Autumn", starts=date(2026, 9, 3), ends=date(2026, 9, 2))
        with pytest.raises(IntegrityError), transaction.atomic():
            TermPeriod.objects.create(
                academic_year=2026,
                name="Autumn",
                starts=date(2026, 9, 3),
                ends=date(2026, 9, 4),
                borough=Borough.objects.get(slug="hackney"),
                school=SchoolFactory.create(),
            )

"""Which terms hold: the school's own, else its borough's, else those of all London."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.academic_years import AcademicYear
from schools.models import School, TermPeriod
from schools.selectors import is_school_day, term_periods
from taxonomy.models import Borough
from tests.factories import SchoolFactory, TermPeriodFactory
from tests.numbers import examples

pytestmark = pytest.mark.django_db

YEAR = AcademicYear(2026)


def term(starts: date, ends: date, **fields: object) -> TermPeriod:
    return TermPeriodFactory.create(academic_year=YEAR.start_year, starts=starts, ends=ends, **fields)


@pytest.fixture
def school() -> School:
    """In Waltham Forest."""
    return SchoolFactory.create(postcode="E17 4JB")


@pytest.fixture
def borough() -> Borough:
    return Borough.objects.get(slug="waltham-forest")


def test_own_terms_come_before_the_boroughs_and_those_before_londons(school: School, borough: Borough) -> None:
    assert list(term_periods(YEAR, school=school)) == []
    of_london = term(date(2026, 9, 2), date(2026, 12, 18))
    assert list(term_periods(YEAR, school=school)) == [of_london]
    assert list(term_periods(YEAR)) == [of_london]
    of_borough = [term(date(2026, 9, 3), date(2026, 12, 16), borough=borough)]
    of_borough.append(term(date(2027, 1, 5), date(2027, 3, 26), borough=borough))
    assert list(term_periods(YEAR, school=school)) == of_borough
    assert list(term_periods(YEAR, borough=borough)) == of_borough
    own = term(date(2026, 9, 7), date(2026, 12, 11), school=school)
    # The school's own replace them all, even where the borough has more.
    assert list(term_periods(YEAR, school=school)) == [own]
    assert list(term_periods(YEAR, borough=borough)) == of_borough
    # Others are as they were.
    assert list(term_periods(YEAR, school=SchoolFactory.create(postcode="EC2Y 8DS"))) == [of_london]
    assert list(term_periods(YEAR, borough=Borough.objects.get(slug="hackney"))) == [of_london]


def test_the_terms_of_another_year_or_school_do_not_count(school: School, borough: Borough) -> None:
    of_london = term(date(2026, 9, 2), date(2026, 12, 18))
    TermPeriodFactory.create(academic_year=2025, school=school)
    TermPeriodFactory.create(academic_year=2025, borough=borough)
    term(date(2026, 9, 7), date(2026, 12, 11), school=SchoolFactory.create(postcode="E17 4JB"))
    assert list(term_periods(YEAR, school=school)) == [of_london]


def test_a_school_outside_london_has_londons_terms() -> None:
    of_london = term(date(2026, 9, 2), date(2026, 12, 18))
    assert list(term_periods(YEAR, school=SchoolFactory.create(postcode="TR1 1AA"))) == [of_london]


def test_school_days_are_weekdays_within_a_term(school: School) -> None:
    term(date(2026, 9, 3), date(2026, 10, 22))
    term(date(2026, 11, 2), date(2026, 12, 18))
    assert not is_school_day(date(2026, 9, 2), school=school)
    assert is_school_day(date(2026, 9, 3), school=school)  # a Thursday, the first day
    assert not is_school_day(date(2026, 9, 5), school=school)  # a Saturday
    assert not is_school_day(date(2026, 9, 6), school=school)
    assert is_school_day(date(2026, 10, 22), school=school)  # the last day
    assert not is_school_day(date(2026, 10, 26), school=school)  # half-term
    assert is_school_day(date(2026, 12, 18), school=school)
    assert not is_school_day(date(2026, 12, 21), school=school)


@examples(30, 1000)
@given(st.integers(min_value=0, max_value=364), st.integers(min_value=0, max_value=120))
def test_a_day_is_a_school_day_exactly_if_a_term_and_the_week_say_so(offset: int, length: int) -> None:
    TermPeriod.objects.all().delete()
    starts = YEAR.starts + timedelta(days=offset)
    ends = min(starts + timedelta(days=length), YEAR.ends)
    term(starts, ends)
    for day in (starts - timedelta(days=1), starts, ends, ends + timedelta(days=1)):
        assert is_school_day(day) == (starts <= day <= ends and day.weekday() < 5)

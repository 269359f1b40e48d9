"""The academic year runs from 1 September to 31 August."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.academic_years import AcademicYear

pytestmark = pytest.mark.engine_only

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2026, 8, 31), 2025),
        (date(2026, 9, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
        (date(2027, 8, 31), 2026),
        (date(2028, 2, 29), 2027),
    ],
)
def test_each_day_has_its_year(day: date, start: int) -> None:
    assert AcademicYear.of(day) == AcademicYear(start)


@given(days)
def test_every_day_lies_in_its_year_and_in_no_other(day: date) -> None:
    year = AcademicYear.of(day)
    assert day in year
    assert year.starts <= day <= year.ends
    assert day not in year.next()
    assert day not in AcademicYear(year.start_year - 1)


@given(days)
def test_years_follow_each_other_without_a_gap(day: date) -> None:
    year = AcademicYear.of(day)
    assert year.next().starts == year.ends + timedelta(days=1)
    assert year < year.next()


@pytest.mark.parametrize(
    ("start", "name"), [(2026, "2026/27"), (1999, "1999/00"), (2009, "2009/10"), (2099, "2099/00")]
)
def test_it_is_named_as_schools_name_it(start: int, name: str) -> None:
    assert str(AcademicYear(start)) == name

"""Tokens for dates, and the school weeks against which they are resolved."""

import itertools
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.dates import FURTHEST_WEEK, Calendar, UnknownToken
from demo.loader import DATA
from demo.term_dates import easter_sunday, is_bank_holiday, is_school_day, london_terms
from figures.academic_years import AcademicYear
from tests.numbers import examples

pytestmark = pytest.mark.engine_only

DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
YEARS = st.integers(2020, 2050).map(AcademicYear)


@pytest.mark.parametrize(
    ("token", "day"),
    [
        ("+45", "2027-01-08"),
        ("-24", "2026-10-31"),
        ("+0", "2026-11-24"),
        ("w1 mon", "2026-11-30"),
        ("w3 tue 10:00", "2026-12-15 10:00"),
        # Two weeks of Christmas holidays do not count.
        ("w4 mon", "2027-01-04"),
        ("w3 sat 09:30", "2026-12-19 09:30"),
    ],
)
def test_a_token_is_resolved_from_the_day_of_loading(token: str, day: str) -> None:
    assert Calendar(date(2026, 11, 24)).resolve(f"on {{{token}}}.") == f"on {day}."


@pytest.mark.parametrize(
    "token", ["", "tomorrow", "45", "w0 mon", "w41 mon", "w3 day", "w3 tue 25:61x", "+45 days", "W3 tue"]
)
def test_anything_else_is_an_error_that_names_it(token: str) -> None:
    with pytest.raises(UnknownToken, match=re.escape(f"{{{token}}}")):
        Calendar(date(2026, 11, 24)).resolve(f"{{{token}}}")


@examples(50, 2000)
@given(DAYS, st.integers(1, FURTHEST_WEEK), st.sampled_from(["mon", "tue", "wed", "thu", "fri"]))
def test_a_weekday_is_a_school_day_to_come_whatever_the_day_of_loading(today: date, week: int, weekday: str) -> None:
    day = date.fromisoformat(Calendar(today).one(f"w{week} {weekday}"))
    assert is_school_day(day)
    assert day > today
    assert day.strftime("%a").lower() == weekday


@examples(30, 500)
@given(DAYS)
def test_weeks_follow_each_other_without_a_gap_in_term(today: date) -> None:
    weeks = Calendar(today).school_weeks
    assert len(weeks) == FURTHEST_WEEK
    assert weeks == sorted(set(weeks))
    for before, after in itertools.pairwise(weeks):
        between = [before + timedelta(days=7 * n) for n in range(1, (after - before).days // 7)]
        assert all(any(not is_school_day(monday + timedelta(days=n)) for n in range(5)) for monday in between)


@examples(50, 500)
@given(YEARS)
def test_terms_leave_out_the_holidays_of_london_s_schools(year: AcademicYear) -> None:
    terms = london_terms(year)
    after = year.start_year + 1
    halves = [f"{term}, {half} half" for term in ("Autumn", "Spring", "Summer") for half in ("first", "second")]
    assert [period.name for period in terms] == halves
    assert all(period.starts < period.ends for period in terms)
    assert all(period.ends.weekday() < 5 and period.starts.weekday() < 5 for period in terms)
    gaps = [(later.starts - earlier.ends).days for earlier, later in itertools.pairwise(terms)]
    # A week; two weeks, and a day more where a bank holiday follows.
    allowed = ({10}, {17, 18}, {10}, {17, 18}, {10})
    assert [gap for gap, days in zip(gaps, allowed, strict=True) if gap not in days] == []
    assert terms[0].starts in year
    assert terms[-1].ends <= date(after, 7, 21)
    closed = [
        date(year.start_year, 12, 25),
        date(after, 1, 1),
        easter_sunday(after),
        easter_sunday(after) + timedelta(days=1),
    ]
    assert not any(day in period for day in closed for period in terms)
    late_may = next(date(after, 5, day) for day in range(31, 24, -1) if date(after, 5, day).weekday() == 0)
    assert not any(late_may in period for period in terms)


def test_known_years_are_as_london_s_schools_had_them() -> None:
    starts = [str(period.starts) for period in london_terms(AcademicYear(2025))]
    assert starts == ["2025-09-01", "2025-11-03", "2026-01-05", "2026-02-23", "2026-04-13", "2026-06-01"]
    assert is_bank_holiday(date(2027, 5, 3))
    assert not is_school_day(date(2027, 5, 3))


def test_every_token_in_the_files_means_something() -> None:
    calendar = Calendar(date(2026, 11, 24))
    for path in DATA.glob("*.csv"):
        assert "{" not in calendar.resolve(path.read_text(encoding="utf-8"))

"""Typical term dates of London's schools, for any academic year, by rule.

Real authorities publish their own, which differ by a day or two; the demonstration needs plausible ones
for whatever year it is loaded in.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from figures.academic_years import AcademicYear
from figures.bank_holidays import bank_holiday, bank_holidays

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
SEPTEMBER, OCTOBER, DECEMBER, FEBRUARY, MAY, JULY = 9, 10, 12, 2, 5, 7
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Period:
    """Half a term: its first and last day."""

    name: str
    starts: date
    ends: date

    def __contains__(self, day: date) -> bool:
        return self.starts <= day <= self.ends


def is_bank_holiday(day: date) -> bool:
    """Whether England has a bank holiday."""
    return bool(bank_holiday(day))


def easter_sunday(year: int) -> date:
    """Two days after Good Friday."""
    return next(day for day, name in bank_holidays(year).items() if "Good Friday" in name) + 2 * DAY


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - day.weekday() * DAY


def _first_weekday(day: date) -> date:
    """That day, or the next that is neither at a weekend nor a bank holiday."""
    while day.weekday() > FRIDAY or is_bank_holiday(day):
        day += DAY
    return day


def _last_weekday(day: date) -> date:
    return day if day.weekday() <= FRIDAY else monday_of(day) + FRIDAY * DAY


@cache
def london_terms(year: AcademicYear) -> tuple[Period, ...]:
    """The six half terms of an academic year, in order."""
    before, after = year.start_year, year.start_year + 1
    # Holidays, each by its first Monday.
    october = monday_of(date(before, OCTOBER, 27))  # the last week that lies wholly in October
    christmas = monday_of(date(before, DECEMBER, 25))  # two weeks
    february = monday_of(date(after, FEBRUARY, 18))  # the Monday from the 12th to the 18th
    easter = easter_sunday(after) - 6 * DAY  # two weeks, with Good Friday and Easter Monday in them
    may = monday_of(date(after, MAY, 31))  # the week of the late May bank holiday
    return (
        Period("Autumn, first half", _first_weekday(date(before, SEPTEMBER, 1)), october - 3 * DAY),
        Period("Autumn, second half", october + WEEK, christmas - 3 * DAY),
        Period("Spring, first half", _first_weekday(christmas + 2 * WEEK), february - 3 * DAY),
        Period("Spring, second half", february + WEEK, easter - 3 * DAY),
        Period("Summer, first half", _first_weekday(easter + 2 * WEEK), may - 3 * DAY),
        Period("Summer, second half", may + WEEK, _last_weekday(date(after, JULY, 21))),
    )


def is_school_day(day: date) -> bool:
    """Whether schools are open: a weekday within a half term that is no bank holiday."""
    in_term = any(day in period for period in london_terms(AcademicYear.of(day)))
    return day.weekday() <= FRIDAY and in_term and not is_bank_holiday(day)

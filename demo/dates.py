"""Dates in the demonstration files: tokens that are resolved from the day on which they are loaded.

`{+45}` is 45 days later (`{-45}` earlier); `{w3 tue}` and `{w3 tue 10:00}` are the Tuesday of the third
whole school week from now. Weeks with a holiday in them do not count; `w1` is next week, if schools are open.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from .term_dates import DAY, FRIDAY, WEEK, is_school_day, monday_of

TOKEN = re.compile(r"\{([^{}\n]*)\}")
DAYS_LATER = re.compile(r"[+-]\d{1,4}")
IN_WEEK = re.compile(r"w(\d{1,2}) (mon|tue|wed|thu|fri|sat|sun)( [0-2]\d:[0-5]\d)?")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FURTHEST_WEEK = 40
LOOK_AHEAD = 110  # calendar weeks: two academic years


class UnknownToken(ValueError):  # noqa: N818  it is what was found
    """A token that means nothing."""


class Calendar:
    """Resolves tokens from one day."""

    def __init__(self, today: date) -> None:
        self.today = today

    @cached_property
    def school_weeks(self) -> list[date]:
        """The Mondays of the whole school weeks to come, as many as a token may name."""
        found: list[date] = []
        for monday in self._mondays():
            if all(is_school_day(monday + n * DAY) for n in range(FRIDAY + 1)):
                found.append(monday)
            if len(found) == FURTHEST_WEEK:
                break
        return found

    def _mondays(self) -> Iterator[date]:
        first = monday_of(self.today) + WEEK
        return (first + n * WEEK for n in range(LOOK_AHEAD))

    def resolve(self, text: str) -> str:
        """The text with a date in place of every token. Raises UnknownToken."""
        return TOKEN.sub(lambda match: self.one(match[1]), text)

    def one(self, token: str) -> str:
        """What one token stands for: `2026-12-08` or `2026-12-08 10:00`. Raises UnknownToken."""
        if DAYS_LATER.fullmatch(token):
            return (self.today + timedelta(days=int(token))).isoformat()
        match = IN_WEEK.fullmatch(token)
        if match is None or not 1 <= int(match[1]) <= FURTHEST_WEEK:
            raise UnknownToken(f"{{{token}}} is no date. Write {{+45}}, {{w3 tue}} or {{w3 tue 10:00}}.")
        day = self.school_weeks[int(match[1]) - 1] + WEEKDAYS.index(match[2]) * DAY
        return f"{day.isoformat()}{match[3] or ''}"

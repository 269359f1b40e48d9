"""The academic year: 1 September to 31 August."""

from dataclasses import dataclass
from datetime import date
from typing import Self

FIRST_MONTH = 9


@dataclass(frozen=True, order=True, slots=True)
class AcademicYear:
    """An academic year, named by the calendar year in which it starts (2026 is 2026/27)."""

    start_year: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The academic year in which the day lies."""
        return cls(day.year if day.month >= FIRST_MONTH else day.year - 1)

    @property
    def starts(self) -> date:
        """1 September."""
        return date(self.start_year, FIRST_MONTH, 1)

    @property
    def ends(self) -> date:
        """31 August, the last day of the year."""
        return date(self.start_year + 1, FIRST_MONTH - 1, 31)

    def next(self) -> "AcademicYear":
        """The year that follows."""
        return AcademicYear(self.start_year + 1)

    def __contains__(self, day: date) -> bool:
        return self.starts <= day <= self.ends

    def __str__(self) -> str:
        return f"{self.start_year}/{(self.start_year + 1) % 100:02d}"

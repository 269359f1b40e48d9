"""Small numbers held back: what is told of a count, and of sums of counts.

A count of one to four is told as "fewer than 5", so that nobody can tell which. Whatever is added up is added up from
what is told, never from the counts: a sum over something held back is a range. So no total, no other page and no file
can give away what one of them holds back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: A count below this, and above nothing, is held back.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """What is told of a count or of a sum: that it lies between `low` and `high`, both included."""

    low: int = 0
    high: int = 0

    @classmethod
    def of(cls, count: int) -> Figure:
        """What is told of a count. Raises ValueError for a negative one."""
        if count < 0:
            raise ValueError("A count is never negative.")
        return cls(1, FEWEST - 1) if 0 < count < FEWEST else cls(count, count)

    @classmethod
    def sum(cls, figures: Iterable[Figure]) -> Figure:
        """What follows of a sum from what is told of its parts."""
        low = high = 0
        for each in figures:
            low, high = low + each.low, high + each.high
        return cls(low, high)

    @property
    def is_exact(self) -> bool:
        """Whether nothing is held back in it."""
        return self.low == self.high

    @property
    def words(self) -> str:
        """As it stands on a page: "12", "fewer than 5", "13 to 52"."""
        if self.is_exact:
            return f"{self.low:,}"
        if self == Figure.of(1):
            return f"fewer than {FEWEST}"
        return f"{self.low:,} to {self.high:,}"

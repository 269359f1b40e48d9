"""Long lists in pages: which one an address asks for, and what of the list stands on it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from search.criteria import PAGE_SIZE

#: The parameter that every list turns its pages by.
PARAMETER = "page"
_MOST_DIGITS = 9


def page_asked(params: QueryDict) -> int:
    """The page asked for, from 1; what is no number is the first."""
    typed = params.get(PARAMETER, "").strip()
    if not typed.isdecimal():
        return 1
    return max(int(typed), 1) if len(typed) <= _MOST_DIGITS else 10**_MOST_DIGITS


@dataclass(frozen=True, slots=True)
class Paging:
    """One page of a list of `total` things, `size` on each. One asked for beyond the last is the last."""

    total: int
    asked: int = 1
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        """How many there are; one where the list is empty."""
        return max(-(-self.total // self.size), 1)

    @property
    def page(self) -> int:
        """The number of this page, from 1."""
        return min(max(self.asked, 1), self.pages)

    @property
    def first(self) -> int:
        """The number in the list, from 1, of the first thing on this page."""
        return (self.page - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The number in the list, from 1, of the last thing on this page; 0 where the list is empty."""
        return min(self.page * self.size, self.total)

    def of[Thing](self, things: Sequence[Thing]) -> Sequence[Thing]:
        """What of the list stands on this page."""
        return things[self.first - 1 : self.last]

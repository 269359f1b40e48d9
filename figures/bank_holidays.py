"""Bank holidays in England, reckoned by rule for any year."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

import holidays


@cache
def bank_holidays(year: int) -> Mapping[date, str]:
    """England's bank holidays of a calendar year: day -> name."""
    return MappingProxyType(dict(holidays.country_holidays("GB", subdiv="ENG", years=year, expand=False)))


def bank_holiday(day: date) -> str:
    """The name of the bank holiday that England has on this day; empty if none."""
    return bank_holidays(day.year).get(day, "")

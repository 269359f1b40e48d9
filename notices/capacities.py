"""As what somebody gets a kind of message. Rooms above say who is what, so that this one need not know them."""

from collections.abc import Callable
from enum import Enum, auto
from typing import Any


class Capacity(Enum):
    """What somebody is, as far as it decides what they are written about."""

    HAS_ACCOUNT = auto()
    SERVES_PARTNER = auto()
    OWNS_PARTNER = auto()
    WRITTEN_TO_FOR_PARTNER = auto()
    APPLIED_FOR_PARTNER = auto()
    SCHOOL_STAFF = auto()
    CONFIRMS_COLLEAGUES = auto()
    SCHOOL_OFFICE = auto()
    MODERATES = auto()


#: Whether somebody is it, by what they are. Everybody who asks has an account.
_RULES: dict[Capacity, Callable[[Any], bool]] = {Capacity.HAS_ACCOUNT: lambda person: True}


def say_who(capacity: Capacity, rule: Callable[[Any], bool]) -> None:
    """This rule says of a user whether they are that. Rooms above call it when they are loaded."""
    _RULES[capacity] = rule


def capacities_of(person: Any) -> frozenset[Capacity]:
    """What a user is now."""
    return frozenset(capacity for capacity in Capacity if _RULES[capacity](person))

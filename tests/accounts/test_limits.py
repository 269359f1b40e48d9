"""How often something may be asked for."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from accounts.limits import within_limit


def tries(number: int, who: str = "ada@example.org", what: str = "application") -> list[bool]:
    return [within_limit(what, who, times=3, seconds=3_600) for _ in range(number)]


def test_so_many_pass_and_no_more() -> None:
    assert tries(5) == [True, True, True, False, False]


def test_others_are_not_kept_out() -> None:
    tries(5)
    assert tries(1, "bo@example.org") == [True]
    assert tries(1, what="staff") == [True]


def test_other_letters_are_the_same_address() -> None:
    tries(3)
    assert tries(1, " ADA@example.org ") == [False]


@pytest.mark.django_db
def test_the_stretch_ends() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        tries(5)
        clock.shift(timedelta(seconds=3_601))
        assert tries(1) == [True]


def test_nobodys_address_stands_in_the_cache() -> None:
    tries(1)
    kept = str(getattr(cache, "_cache", {}))
    assert kept
    assert "ada" not in kept

"""How often something may be asked for."""

from base64 import b64decode
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.limits import within_limit
from accounts.models import Attempt

pytestmark = pytest.mark.django_db


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


def test_the_stretch_ends() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        tries(5)
        clock.shift(timedelta(seconds=3_601))
        assert tries(1) == [True]


def test_a_day_is_a_day_however_often_somebody_tries() -> None:
    """A cache that only counts up would begin anew some minutes after the last try."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        seen = []
        for _ in range(5):
            seen += tries(1)
            clock.shift(timedelta(minutes=10))
        assert seen == [True, True, True, False, False]


def test_it_is_counted_for_all_processes_and_nobodys_address_stands_there() -> None:
    tries(1)
    (kept,) = Attempt.objects.values_list("cache_key", "value")
    assert "limit-" in kept[0]
    assert "ada" not in str(kept)
    assert "example.org" not in b64decode(kept[1]).decode("latin-1")

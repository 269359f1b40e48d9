"""The clock by which readers of changes tell what was read later."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection, transaction

from changes import selectors
from changes.selectors import clock


@pytest.mark.django_db
def test_it_tells_the_time_in_microseconds() -> None:
    before = time.time_ns() // 1000
    # Server and test share a machine, and so a clock; other tests may have travelled ahead.
    assert abs(clock() - before) < 10_000_000 or clock() > before


@pytest.mark.django_db
def test_it_goes_on_inside_a_transaction() -> None:
    """What a transaction's beginning says is older than what other transactions have changed since."""
    with transaction.atomic():
        first = clock()
        time.sleep(0.02)
        assert clock() - first >= 10_000 or connection.vendor == "sqlite"
        assert clock() > first


@pytest.mark.parametrize("times", [[5, 5, 5], [9, 3, 4], [1, 2, 3]], ids=["stands still", "is set back", "goes on"])
def test_no_number_comes_twice_and_none_is_lower(times: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    told = iter([times[0], *times])
    monkeypatch.setattr(selectors, "_ticks", selectors._Ticks())
    monkeypatch.setattr(selectors, "_database_time", lambda: next(told))
    found = [clock() for _ in range(len(times) + 1)]
    assert found == sorted(set(found))
    assert found[0] == times[0]


def test_no_two_threads_get_the_same_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "_ticks", selectors._Ticks())
    monkeypatch.setattr(selectors, "_database_time", lambda: 7)
    ask: Callable[[int], int] = lambda _: clock()  # noqa: E731
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(ask, range(2_000)))
    assert sorted(found) == list(range(7, 2_007))


@pytest.mark.postgres
@pytest.mark.django_db
def test_it_is_the_database_s_and_not_this_host_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "_ticks", selectors._Ticks())
    now = time.time_ns() // 1000
    with time_machine.travel(datetime(2031, 1, 1, tzinfo=UTC)):
        assert abs(clock() - now) < 60_000_000

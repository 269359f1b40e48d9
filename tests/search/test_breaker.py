"""The circuit breaker: bounded failures, one probe at a time, back by itself."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.breaker import Breaker, Way
from tests.numbers import examples

pytestmark = pytest.mark.engine_only


class Time:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    """A clock that stands still."""
    return Time()


@pytest.fixture
def breaker(time: Time) -> Breaker:
    """It opens after three failures, and rests for a second."""
    return Breaker("engine", failures=3, rest=1.0, clock=time)


def fail(breaker: Breaker, times: int = 1) -> None:
    for _ in range(times):
        breaker.failed(RuntimeError("away"))


def test_it_opens_after_so_many_failures_in_a_row(breaker: Breaker) -> None:
    fail(breaker, 2)
    assert breaker.way() is Way.ENGINE
    fail(breaker)
    assert breaker.is_open
    assert breaker.way() is Way.STANDBY


def test_a_success_between_failures_starts_the_count_anew(breaker: Breaker) -> None:
    for _ in range(5):
        fail(breaker, 2)
        breaker.succeeded()
    assert breaker.way() is Way.ENGINE


def test_one_probe_after_each_rest(breaker: Breaker, time: Time) -> None:
    fail(breaker, 3)
    time.now = 0.99
    assert breaker.way() is Way.STANDBY
    time.now = 1.0
    assert [breaker.way() for _ in range(3)] == [Way.PROBE, Way.STANDBY, Way.STANDBY]
    fail(breaker)
    time.now = 1.99
    assert breaker.way() is Way.STANDBY
    time.now = 2.0
    assert breaker.way() is Way.PROBE
    breaker.succeeded()
    assert not breaker.is_open
    assert breaker.way() is Way.ENGINE


def test_a_probe_that_never_tells_is_followed_by_another(breaker: Breaker, time: Time) -> None:
    fail(breaker, 3)
    time.now = 1.0
    assert breaker.way() is Way.PROBE
    time.now = 2.0
    assert breaker.way() is Way.PROBE


def test_many_threads_send_one_probe(breaker: Breaker, time: Time) -> None:
    fail(breaker, 3)
    time.now = 1.0
    ways: list[Way] = []
    threads = [threading.Thread(target=lambda: ways.append(breaker.way())) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ways) == sorted([Way.PROBE, *[Way.STANDBY] * 19])


@examples(100, 2000)
@given(
    answers=st.lists(st.tuples(st.floats(0, 0.4), st.booleans()), max_size=80),
    failures=st.integers(1, 5),
)
def test_failures_are_bounded_whatever_comes(answers: list[tuple[float, bool]], failures: int) -> None:
    """However the engine behaves, at most so many requests in a row fail on it before they go past it."""
    time = Time()
    breaker = Breaker("engine", failures=failures, rest=1.0, clock=time)
    in_a_row, probed_at = 0, float("-inf")
    for later, works in answers:
        time.now += later
        way = breaker.way()
        if way is Way.STANDBY:
            assert in_a_row >= failures
            continue
        if way is Way.PROBE:
            assert in_a_row >= failures
            assert time.now - probed_at >= 1.0
            probed_at = time.now
        else:
            assert in_a_row < failures
        in_a_row = 0 if works else in_a_row + 1
        if works:
            breaker.succeeded()
        else:
            fail(breaker)
            probed_at = time.now

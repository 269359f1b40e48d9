"""What is due about silence and about documents that run out: rules over days, whatever days the clock misses."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.models import KEPT_DAYS
from partners import expiring
from partners.freshness import (
    CONFIRM_WITHIN_DAYS,
    LAST_CALL_DAYS,
    NOTICE_DAYS,
    Freshness,
    Step,
    due,
    returns_by_confirming,
)
from tests.numbers import examples

pytestmark = pytest.mark.engine_only

DAY = date(2027, 1, 12)
ORDER = list(Step)
days = st.dates(date(2023, 1, 1), date(2032, 12, 31))


def after(number: int) -> date:
    return DAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("silent", "step"),
    [
        (0, None), (149, None), (150, Step.ASK), (172, Step.ASK), (173, Step.ASK_AGAIN), (180, Step.ASK_AGAIN),
        (181, Step.WARN), (4000, Step.WARN),
    ],
)  # fmt: skip
def test_it_asks_twice_and_then_warns(silent: int, step: Step | None) -> None:
    assert due(Freshness(DAY, None), after(silent)) is step
    assert due(Freshness(None, DAY), after(silent)) is step, "the first publication counts until somebody confirms"


def test_what_was_never_confirmed_and_has_no_day_is_warned_first() -> None:
    assert due(Freshness(None, None), DAY) is Step.WARN
    assert Freshness(None, None).overdue(DAY)


@pytest.mark.parametrize(
    ("since_warned", "step"), [(0, Step.WARN), (20, Step.WARN), (21, Step.LAST_CALL), (27, Step.LAST_CALL), (28, Step.HIDE)]
)  # fmt: skip
def test_four_weeks_pass_between_the_warning_and_leaving(since_warned: int, step: Step) -> None:
    known = Freshness(DAY - timedelta(days=500), None, warned_on=DAY)
    assert due(known, after(since_warned)) is step
    assert (NOTICE_DAYS, LAST_CALL_DAYS) == (28, 7)


def test_what_is_hidden_is_left_in_peace() -> None:
    assert due(Freshness(DAY, None, warned_on=DAY, hidden_on=after(28)), after(900)) is None


def run(confirmed: date | None, clock: list[date]) -> list[tuple[date, Step]]:
    """What the clock does on the days on which it runs, each step noted once, as `reminders` does it."""
    known, done = Freshness(confirmed, None), list[tuple[date, Step]]()
    for today in clock:
        step = due(known, today)
        if step is None or step in [each for _, each in done]:
            continue
        done.append((today, step))
        warned = today if step is Step.WARN else known.warned_on
        known = Freshness(confirmed, None, warned, today if step is Step.HIDE else None)
    return done


@examples(150, 5_000)
@given(confirmed=st.one_of(st.none(), days), runs=st.lists(days, max_size=40).map(sorted))
def test_whatever_days_the_clock_misses_steps_come_in_order_and_nothing_leaves_without_its_whole_notice(
    confirmed: date | None, runs: list[date]
) -> None:
    done = run(confirmed, [day for day in runs if confirmed is None or day >= confirmed])
    steps = [step for _, step in done]
    assert steps == sorted(steps, key=ORDER.index)
    on = {step: day for day, step in done}
    if Step.HIDE in on:
        assert (on[Step.HIDE] - on[Step.WARN]).days >= NOTICE_DAYS
        assert confirmed is None or (on[Step.HIDE] - confirmed).days > CONFIRM_WITHIN_DAYS + NOTICE_DAYS


def test_a_clock_that_runs_every_day_does_each_step_on_its_day_through_a_leap_year() -> None:
    confirmed = date(2027, 9, 1)
    done = run(confirmed, [confirmed + timedelta(days=n) for n in range(400)])
    assert done == [
        (date(2028, 1, 29), Step.ASK), (date(2028, 2, 21), Step.ASK_AGAIN), (date(2028, 2, 29), Step.WARN),
        (date(2028, 3, 21), Step.LAST_CALL), (date(2028, 3, 28), Step.HIDE),
    ]  # fmt: skip


def test_within_a_year_a_confirmation_brings_it_back() -> None:
    assert returns_by_confirming(DAY, after(365))
    assert not returns_by_confirming(DAY, after(366))


@pytest.mark.parametrize(
    ("left", "stage"),
    [
        (400, None), (61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, expiring.LAPSED),
        (-60, expiring.LAPSED), (-61, None), (-4000, None),
    ],
)  # fmt: skip
def test_a_document_is_told_of_three_times_and_once_it_has_lapsed(left: int, stage: int | None) -> None:
    assert expiring.due(after(left), DAY) == stage


def test_a_document_without_a_last_day_is_not_told_of() -> None:
    assert expiring.due(None, DAY) is None


@examples(150, 5_000)
@given(expires=days, runs=st.lists(days, max_size=30).map(sorted))
def test_stages_of_a_document_come_in_order_and_none_is_made_up_for(expires: date, runs: list[date]) -> None:
    stages = [stage for day in runs if (stage := expiring.due(expires, day)) is not None]
    assert stages == sorted(stages, reverse=True)
    for stage in set(stages):
        assert stage in (60, 30, 7, expiring.LAPSED)


def test_what_says_that_somebody_was_told_is_kept_for_as_long_as_it_could_be_told_again() -> None:
    longest = max(a - b for a, b in zip((60, 30, 7), (30, 7, 0), strict=True))
    assert max(longest, expiring.TELL_WITHIN_DAYS, CONFIRM_WITHIN_DAYS - 150, NOTICE_DAYS) < KEPT_DAYS

"""Many dates by a rule: what it makes, what it leaves out, and that the clock on the wall does not move."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from figures.academic_years import AcademicYear
from figures.bank_holidays import bank_holiday
from opportunities.recurrence import (
    LONDON,
    MOST,
    Every,
    Known,
    LeaveOut,
    Proposal,
    Rule,
    Term,
    There,
    TooManyDatesError,
    days,
    propose,
    school_holiday,
    unknown_years,
)
from tests.numbers import examples

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
YEAR = AcademicYear(2026)
TERMS = (
    Term("Autumn, first half", date(2026, 9, 1), date(2026, 10, 23)),
    Term("Autumn, second half", date(2026, 11, 2), date(2026, 12, 18)),
    Term("Spring, first half", date(2027, 1, 4), date(2027, 2, 12)),
    Term("Spring, second half", date(2027, 2, 22), date(2027, 3, 25)),
    Term("Summer", date(2027, 4, 12), date(2027, 7, 22)),
)
KNOWN = Known(NOW, {YEAR: TERMS})
ALL = tuple(LeaveOut)
TUESDAY, THURSDAY = 1, 3


def rule(
    weekdays: tuple[int, ...] = (TUESDAY, THURSDAY),
    every: Every = Every.WEEK,
    first: date = date(2027, 2, 2),
    last: date = date(2027, 3, 25),
    starts: time = time(10),
    ends: time = time(14, 30),
) -> Rule:
    return Rule(frozenset(weekdays), every, first, last, starts, ends)


def kept(proposals: list[Proposal]) -> list[date]:
    return [one.day for one in proposals if not one.left_out]


class TestExamples:
    def test_tuesdays_and_thursdays_without_half_term(self) -> None:
        found = propose(rule(), KNOWN, ALL)
        assert len(found) == 16
        assert [(one.day, one.left_out) for one in found if one.left_out] == [
            (date(2027, 2, 16), "half-term"),
            (date(2027, 2, 18), "half-term"),
        ]
        assert not any(one.final for one in found)

    def test_across_the_end_of_march_it_begins_at_the_same_time_by_the_clock(self) -> None:
        before, after = propose(rule(first=date(2027, 3, 25), last=date(2027, 3, 30)), Known(NOW), ())
        assert [one.starts.astimezone(UTC).hour for one in (before, after)] == [10, 9]
        assert [one.starts.astimezone(LONDON).hour for one in (before, after)] == [10, 10]

    def test_a_time_that_the_clocks_skip_is_left_out_for_good(self) -> None:
        [night] = propose(
            rule((6,), first=date(2027, 3, 28), last=date(2027, 3, 28), starts=time(1, 30), ends=time(3)), KNOWN, ()
        )
        assert (night.left_out, night.final) == ("the clocks change then", True)

    def test_every_second_week_counts_weeks_from_monday(self) -> None:
        found = days(rule((0, TUESDAY), Every.TWO_WEEKS, first=date(2027, 2, 2), last=date(2027, 2, 28)))
        # The first Monday lies before the first date.
        assert found == [date(2027, 2, 2), date(2027, 2, 15), date(2027, 2, 16)]

    @pytest.mark.parametrize(
        ("every", "expected"),
        [
            (Every.FIRST, [date(2027, 2, 2), date(2027, 3, 2)]),
            (Every.FOURTH, [date(2027, 2, 23), date(2027, 3, 23)]),
            (Every.LAST, [date(2027, 2, 23), date(2027, 3, 30)]),
        ],
    )
    def test_monthly_by_weekday(self, every: Every, expected: list[date]) -> None:
        assert days(rule((TUESDAY,), every, last=date(2027, 3, 31))) == expected

    def test_once_needs_no_weekday(self) -> None:
        assert days(rule((), Every.ONCE)) == [date(2027, 2, 2)]
        assert days(rule((), Every.WEEK)) == []

    def test_bank_holidays_are_left_out_by_name_and_only_if_wanted(self) -> None:
        friday = rule((4,), first=date(2027, 3, 26), last=date(2027, 3, 26))
        assert [one.left_out for one in propose(friday, Known(NOW), ALL)] == ["Good Friday"]
        assert [one.left_out for one in propose(friday, Known(NOW), ())] == [""]

    def test_days_with_a_date_are_left_out_and_can_be_put_back(self) -> None:
        there = (There(datetime(2027, 2, 2, 16, tzinfo=UTC)), There(datetime(2027, 2, 4, 16, tzinfo=UTC), "", True))
        first, second, *_ = propose(rule(), Known(NOW, {}, there), ALL)
        assert (first.left_out, first.final) == ("another date that day", False)
        assert second.left_out == ""

    def test_the_same_date_is_left_out_for_good_even_if_it_was_cancelled(self) -> None:
        there = (There(datetime(2027, 2, 2, 10, tzinfo=UTC)), There(datetime(2027, 2, 4, 10, tzinfo=UTC), "", True))
        first, second, *_ = propose(rule(), Known(NOW, {}, there), ())
        assert (first.left_out, first.final) == ("there already", True)
        assert (second.left_out, second.final) == ("cancelled for good", True)
        assert kept(propose(rule(), Known(NOW, {}, there), (), label="Relaxed"))[:2] == [first.day, second.day]

    def test_what_has_begun_is_left_out_for_good(self) -> None:
        today = rule((), Every.ONCE, first=date(2026, 11, 30), last=date(2026, 11, 30))
        assert [(one.left_out, one.final) for one in propose(today, KNOWN, ())] == [("already begun", True)]

    def test_a_year_without_term_dates_is_named_and_not_guessed(self) -> None:
        summer = rule(first=date(2027, 8, 24), last=date(2027, 12, 30))
        assert unknown_years(summer, KNOWN) == [AcademicYear(2027)]
        found = {one.day: one.left_out for one in propose(summer, KNOWN, [LeaveOut.SCHOOL_HOLIDAYS])}
        assert found[date(2027, 8, 24)] == "school holiday"
        assert found[date(2027, 12, 30)] == ""

    def test_more_than_can_be_added_at_a_time_is_refused(self) -> None:
        daily = rule(tuple(range(7)), last=date(2027, 2, 2) + timedelta(days=MOST - 1))
        assert len(days(daily)) == MOST
        with pytest.raises(TooManyDatesError):
            days(rule(tuple(range(7)), last=date(2027, 2, 2) + timedelta(days=MOST)))


DAYS = st.dates(date(2026, 9, 1), date(2028, 8, 31))
rules = st.builds(
    lambda weekdays, every, first, length, starts, minutes: Rule(
        weekdays, every, first, first + timedelta(days=length), time(starts), time(starts + minutes // 60, minutes % 60)
    ),
    st.frozensets(st.integers(0, 6)),
    st.sampled_from(Every),
    DAYS,
    st.integers(0, MOST - 1),  # of first and last, both count
    st.integers(3, 20),
    st.integers(1, 179),
)
moments = st.builds(
    There,
    st.builds(lambda day, hour: datetime.combine(day, time(hour), LONDON), DAYS, st.integers(3, 20)),
    st.just(""),
    st.booleans(),
)
knowledge = st.builds(
    lambda terms, there: Known(NOW, terms, there),
    st.sampled_from([{}, {YEAR: TERMS}]),
    st.lists(moments, max_size=8),
)
choices = st.frozensets(st.sampled_from(LeaveOut))


@examples(200, 5000)
@given(rules, knowledge, choices)
def test_what_is_proposed_keeps_to_the_rule(asked: Rule, known: Known, leave_out: frozenset[LeaveOut]) -> None:
    found = propose(asked, known, leave_out)
    made = [one.day for one in found]
    assert made == sorted(set(made))
    assert len(made) <= MOST
    for one in found:
        assert asked.first <= one.day <= asked.last
        assert asked.every is Every.ONCE or one.day.weekday() in asked.weekdays
        local_start, local_end = one.starts.astimezone(LONDON), one.ends.astimezone(LONDON)
        assert (local_start.date(), local_start.time(), local_end.time()) == (one.day, asked.starts, asked.ends)
        assert one.starts < one.ends


@examples(200, 5000)
@given(rules, knowledge, choices)
def test_what_is_to_be_left_out_never_remains(asked: Rule, known: Known, leave_out: frozenset[LeaveOut]) -> None:
    there = {(one.starts.astimezone(UTC), one.label) for one in known.there}
    busy = {one.starts.astimezone(LONDON).date() for one in known.there if not one.cancelled}
    for one in propose(asked, known, leave_out):
        if one.left_out:
            continue
        assert one.starts > NOW
        assert (one.starts.astimezone(UTC), "") not in there
        if LeaveOut.BANK_HOLIDAYS in leave_out:
            assert not bank_holiday(one.day)
        if LeaveOut.SCHOOL_HOLIDAYS in leave_out and known.terms and one.day in YEAR:
            assert any(term.starts <= one.day <= term.ends for term in TERMS)
        if LeaveOut.DAYS_TAKEN in leave_out:
            assert one.day not in busy


@examples(100, 2000)
@given(rules, knowledge)
def test_nothing_is_left_out_unasked_but_what_cannot_be(asked: Rule, known: Known) -> None:
    assert all(one.final for one in propose(asked, known, ()) if one.left_out)


@examples(100, 2000)
@given(rules, st.integers(1, 60))
def test_a_longer_rule_only_adds_dates(asked: Rule, more: int) -> None:
    assume(asked.every is not Every.ONCE)
    longer = Rule(asked.weekdays, asked.every, asked.first, asked.last + timedelta(days=more), asked.starts, asked.ends)
    try:
        found = days(longer)
    except TooManyDatesError:
        return
    before = days(asked)
    assert found[: len(before)] == before
    assert all(day > asked.last for day in found[len(before) :])


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 10, 26), "half-term"),
        (date(2026, 12, 25), "school holiday"),
        (date(2027, 8, 1), "school holiday"),
        (date(2027, 5, 4), ""),
    ],
)
def test_holidays_are_called_as_schools_call_them(day: date, name: str) -> None:
    assert school_holiday(day, TERMS) == name
    assert school_holiday(day, ()) == ""

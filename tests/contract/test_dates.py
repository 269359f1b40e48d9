"""Dates, open places, and what the clock alone changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from search.criteria import SearchCriteria
from tests.contract.documents import opportunity
from tests.contract.engines import NOW, Harness, opportunity_key

EARLY, LATE = date(2026, 12, 1), date(2027, 3, 1)


def test_dates_hold_for_any_session_and_for_what_is_always_open(engine: Harness) -> None:
    engine.put(
        [
            opportunity(1, days=[EARLY, LATE]),
            opportunity(2, days=[LATE]),
            opportunity(3, always=True),
            opportunity(4),
        ]
    )
    assert sorted(engine.ids("", SearchCriteria(date_to=EARLY))) == [1, 3]
    assert sorted(engine.ids("", SearchCriteria(date_from=LATE, date_to=LATE))) == [1, 2, 3]
    assert sorted(engine.ids("", SearchCriteria(date_from=EARLY + timedelta(days=1)))) == [1, 2, 3]
    assert engine.ids("", SearchCriteria(date_from=LATE + timedelta(days=1))) == [3]


def test_both_ends_of_a_range_are_within_it(engine: Harness) -> None:
    engine.put([opportunity(1, days=[EARLY])])
    assert engine.ids("", SearchCriteria(date_from=EARLY, date_to=EARLY)) == [1]
    assert engine.ids("", SearchCriteria(date_from=EARLY + timedelta(days=1))) == []
    assert engine.ids("", SearchCriteria(date_to=EARLY - timedelta(days=1))) == []


def test_a_range_turned_round_finds_only_what_is_always_open(engine: Harness) -> None:
    engine.put([opportunity(1, days=[EARLY, LATE]), opportunity(2, always=True)])
    assert engine.ids("", SearchCriteria(date_from=LATE, date_to=EARLY)) == [2]


def test_open_places_only(engine: Harness) -> None:
    engine.put([opportunity(1, days=[EARLY], open_days=[]), opportunity(2, days=[EARLY]), opportunity(3)])
    assert sorted(engine.ids()) == [1, 2, 3]
    assert sorted(engine.ids("", SearchCriteria(open_only=True))) == [2, 3]


def test_open_and_in_these_dates_hold_for_the_same_session(engine: Harness) -> None:
    engine.put([opportunity(1, days=[EARLY, LATE], open_days=[LATE])])
    both = SearchCriteria(date_from=EARLY, date_to=EARLY, open_only=True)
    assert engine.ids("", both) == []
    assert engine.ids("", SearchCriteria(date_from=EARLY, date_to=EARLY)) == [1]
    assert engine.ids("", SearchCriteria(date_from=LATE, date_to=LATE, open_only=True)) == [1]


@pytest.mark.parametrize("text", ["", "theatre", "theatre letterpress shoreditch"])
@pytest.mark.parametrize(
    "criteria",
    [
        SearchCriteria(),
        SearchCriteria(kind=("visit",)),
        SearchCriteria(date_from=EARLY, date_to=EARLY),
        SearchCriteria(date_from=LATE, kind=("visit",)),
        SearchCriteria(open_only=True),
        SearchCriteria(page=3),
    ],
)
def test_how_many_have_open_places_is_told_with_every_page(
    engine: Harness, text: str, criteria: SearchCriteria
) -> None:
    title = "Theatre letterpress"
    engine.put(
        [
            opportunity(1, title, days=[EARLY, LATE], open_days=[LATE], kind="visit"),
            opportunity(2, title, days=[EARLY], open_days=[], kind="visit"),
            opportunity(3, title, days=[EARLY, LATE], kind="talk"),
            opportunity(4, title, always=True, kind="visit"),
            opportunity(5, title),
            opportunity(6, "Shoreditch", kind="visit"),
            *(opportunity(pk, f"Filler {pk}") for pk in range(10, 30)),
        ]
    )
    told = engine.answer(text, criteria)
    open_only = engine.answer(text, replace(criteria, open_only=True, page=1))
    assert told.open_total == open_only.total == open_only.open_total
    assert 0 < told.open_total <= told.total


def test_the_clock_alone_hides(engine: Harness) -> None:
    end = NOW + timedelta(hours=1)
    engine.put([opportunity(1, "Theatre", visible_until=end, kind="visit"), opportunity(2, "Theatre", kind="visit")])
    assert engine.answer("theatre").total == 2
    assert engine.answer("theatre", now=end - timedelta(microseconds=1)).counts["kind"] == {"visit": 2}
    for text in ("theatre", ""):
        answer = engine.answer(text, now=end)
        assert [match.card.id for match in answer.matches] == [2]
        assert (answer.total, answer.counts["kind"]) == (1, {"visit": 1})
    assert [each.title for each in engine.engine.suggest("theat", end)] == ["Theatre"]


def test_what_the_clock_changed_is_due(engine: Harness) -> None:
    soon, later = NOW + timedelta(minutes=5), NOW + timedelta(days=1)
    engine.put([opportunity(1, next_change_at=later), opportunity(2, next_change_at=soon), opportunity(3)])
    assert engine.engine.due(NOW, 10) == []
    assert engine.engine.due(soon, 10) == [opportunity_key(2)]
    assert engine.engine.due(later, 10) == [opportunity_key(2), opportunity_key(1)]
    assert engine.engine.due(later, 1) == [opportunity_key(2)]

"""Searching among what one partner offers."""

from datetime import date

from search.criteria import SearchCriteria
from tests.contract.documents import opportunity
from tests.contract.engines import Harness


def test_only_what_the_partner_has_a_part_in_is_found_and_counted(engine: Harness) -> None:
    engine.put(
        [
            opportunity(1, "Letterpress", partners="7", kind="visit"),
            opportunity(2, "Letterpress", partners="12 7", kind="talk"),
            opportunity(3, "Letterpress", partners="12", kind="talk"),
            opportunity(4, "Letterpress", partners="77", kind="job"),
            opportunity(5, "Bookbinding", partners="7", kind="job"),
        ]
    )
    assert sorted(engine.ids("", SearchCriteria(partner=7))) == [1, 2, 5]
    assert sorted(engine.ids("letterpress", SearchCriteria(partner=7))) == [1, 2]
    assert engine.ids("", SearchCriteria(partner=8)) == []
    answer = engine.answer("letterpress", SearchCriteria(partner=7, kind=("visit",)))
    assert (answer.total, answer.counts["kind"]) == (1, {"visit": 1, "talk": 1})


def test_places_left_and_dates_hold_within_the_partner(engine: Harness) -> None:
    day = date(2026, 12, 1)
    engine.put(
        [
            opportunity(1, partners="7", days=[day]),
            opportunity(2, partners="7", days=[day], open_days=[]),
            opportunity(3, partners="8", days=[day]),
        ]
    )
    criteria = SearchCriteria(partner=7, date_from=day, date_to=day)
    answer = engine.answer("", criteria)
    assert (answer.total, answer.open_total) == (2, 1)
    assert engine.ids("", SearchCriteria(partner=7, date_from=day, open_only=True)) == [1]

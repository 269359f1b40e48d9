"""Sorting and paging: a total order, of which pages are slices."""

import random
from datetime import date, timedelta

from search.criteria import PAGE_SIZE, SearchCriteria, Sort
from tests.contract.documents import opportunity
from tests.contract.engines import Harness, opportunity_key

DAY = date(2026, 12, 1)
#: Kilometres from the place asked for.
DISTANCES = {"EC2Y": 0.0, "EC1A": 0.7, "E1": 2.1, "E17": 9.5, "M1": 262.0}


def test_soonest_first_and_undated_last(engine: Harness) -> None:
    engine.put(
        [
            opportunity(1, days=[DAY + timedelta(days=9)]),
            opportunity(2),
            opportunity(3, days=[DAY]),
            opportunity(4, days=[DAY]),
        ]
    )
    assert engine.ids("", SearchCriteria(sort=Sort.SOONEST)) == [3, 4, 1, 2]


def test_newest_first(engine: Harness) -> None:
    engine.put(
        [
            opportunity(1, published=date(2026, 1, 1)),
            opportunity(2, published=date(2026, 5, 1)),
            opportunity(3, published=date(2026, 5, 1), days=[DAY]),
        ]
    )
    assert engine.ids("", SearchCriteria(sort=Sort.NEWEST)) == [3, 2, 1]


def test_equal_scores_are_in_order_of_next_date_then_id(engine: Harness) -> None:
    engine.put(
        [
            opportunity(4, "Theatre"),
            opportunity(2, "Theatre", days=[DAY]),
            opportunity(3, "Theatre"),
            opportunity(1, "Theatre", days=[DAY + timedelta(days=1)]),
        ]
    )
    assert engine.ids("theatre") == [2, 1, 3, 4]


def test_nearest_first_online_last_and_never_too_far(engine: Harness) -> None:
    engine.put(
        [
            opportunity(1, outcode="E17"),
            opportunity(2, online=True),
            opportunity(3, outcode="EC2Y", days=[DAY]),
            opportunity(4, outcode="EC2Y"),
            opportunity(5, outcode="M1"),
            opportunity(6, outcode="EC1A"),
            opportunity(7),
        ]
    )
    nearest = SearchCriteria(near="EC2Y", sort=Sort.NEAREST)
    assert engine.ids("", nearest, distances=DISTANCES) == [3, 4, 6, 1, 5, 2, 7]
    within = SearchCriteria(near="EC2Y", radius_km=5, sort=Sort.NEAREST)
    assert engine.ids("", within, distances=DISTANCES) == [3, 4, 6, 2]


def test_within_a_radius_whatever_the_order(engine: Harness) -> None:
    engine.put(
        [opportunity(1, outcode="E17"), opportunity(2, online=True), opportunity(3, outcode="E1"), opportunity(4)]
    )
    near = SearchCriteria(near="EC2Y", radius_km=3)
    assert engine.ids("", near, distances=DISTANCES) == [2, 3]
    assert engine.answer("", near, distances=DISTANCES).total == 2


def test_hybrid_ones_have_a_distance_and_are_never_too_far(engine: Harness) -> None:
    engine.put([opportunity(1, outcode="M1", online=True), opportunity(2, online=True), opportunity(3, outcode="E1")])
    near = SearchCriteria(near="EC2Y", radius_km=3, sort=Sort.NEAREST)
    assert engine.ids("", near, distances=DISTANCES) == [3, 1, 2]


def test_pages_never_repeat_or_skip(engine: Harness) -> None:
    chance = random.Random(4)
    documents = [
        opportunity(
            pk,
            chance.choice(("Theatre workshop", "Theatre", "A workshop in the theatre")),
            description=" ".join(chance.choices(("letterpress", "shoreditch", "printing", "day"), k=3)),
            days=[DAY + timedelta(days=chance.randint(0, 5))] if chance.random() < 0.7 else (),
            outcode=chance.choice(("EC2Y", "EC1A", "E1", "E17", "")),
            years=chance.choice(((1, 2), (5, 6), (8, 9), (10, 11))),
            published=date(2026, 1, chance.randint(1, 28)),
        )
        for pk in range(1, 231)
    ]
    for begin in range(0, 230, 50):
        engine.put(documents[begin : begin + 50])
    for sort in Sort:
        for text in ("", "theatre", "theatre letterpress printing shoreditch"):
            criteria = SearchCriteria(sort=sort, near="EC2Y")
            ids = engine.ids(text, criteria, distances=DISTANCES)
            total = engine.answer(text, criteria, distances=DISTANCES).total
            assert len(ids) == len(set(ids)) == total, (sort, text)


def test_pages_are_slices_of_one_order(engine: Harness) -> None:
    engine.put([opportunity(pk, "Theatre", days=[DAY + timedelta(days=pk % 7)]) for pk in range(1, 121)])
    expected = sorted(range(1, 121), key=lambda pk: (pk % 7, pk))
    assert engine.ids("theatre") == expected
    assert engine.ids("") == expected


def test_the_last_page_and_beyond(engine: Harness) -> None:
    engine.put([opportunity(pk, "Theatre") for pk in range(1, PAGE_SIZE + 2)])
    assert [match.card.id for match in engine.answer("theatre", SearchCriteria(page=2)).matches] == [PAGE_SIZE + 1]
    answer = engine.answer("theatre", SearchCriteria(page=50))
    assert (answer.matches, answer.total) == ((), PAGE_SIZE + 1)


def test_the_order_survives_a_change_elsewhere(engine: Harness) -> None:
    engine.put([opportunity(pk, "Theatre") for pk in range(1, 40)])
    before = engine.ids("theatre")
    engine.put([opportunity(40, "Pottery")], [opportunity_key(39)])
    assert engine.ids("theatre") == before[:-1]

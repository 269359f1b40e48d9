"""The total alone is the total of the search."""

from datetime import timedelta

import pytest

from search.criteria import SearchCriteria
from search.engines.base import Request
from tests.contract.documents import opportunity
from tests.contract.engines import NOW, Harness, words

DISTANCES = {"E1": 0.0, "E2": 1.5, "CR0": 15.0}


@pytest.mark.parametrize("searched_before", [False, True])
@pytest.mark.parametrize(
    ("text", "criteria", "total"),
    [
        ("", SearchCriteria(), 4),
        ("pottery", SearchCriteria(), 3),
        ("pottery", SearchCriteria(kind=("talk", "job")), 1),
        ("pottery garden river", SearchCriteria(), 4),
        ("xylophone", SearchCriteria(), 0),
        ("", SearchCriteria(near="E1", radius_km=3.0), 2),
        ("pottery", SearchCriteria(near="E1", radius_km=3.0, kind=("visit",)), 1),
        ("", SearchCriteria(page=50), 4),
    ],
)
def test_the_count_is_the_total(
    engine: Harness, text: str, criteria: SearchCriteria, total: int, searched_before: bool
) -> None:
    engine.put(
        [
            opportunity(1, "Pottery garden", kind="visit", outcode="E1"),
            opportunity(2, "Pottery garden river", kind="talk", outcode="E2"),
            opportunity(3, "Pottery river", kind="visit", outcode="CR0"),
            opportunity(4, "Garden river", kind="course", outcode="CR0"),
        ]
    )
    request = Request(criteria, words(text), NOW + timedelta(hours=1), DISTANCES if criteria.near else {})
    if searched_before:
        assert engine.engine.search(request).total == total
    assert engine.engine.count(request) == total
    assert engine.engine.search(request).total == total

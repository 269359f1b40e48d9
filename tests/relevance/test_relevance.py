"""People find what they look for: floors under the figures of each engine, just below what was reached."""

import pytest

from opportunities.selectors import public
from tests.relevance.evaluation import Outcome, by_category, figures

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.engine_only,
    pytest.mark.prove_only,
    pytest.mark.timeout(900),  # loading the demonstration is part of the first test
]

#: Below these, somebody finds less than before.
NDCG, RECALL, SUCCESS, EMPTY = 0.845, 0.87, 0.935, 0.90
FLOORS = {
    "abbreviations": 0.83,
    "conditions": 0.81,
    "forms": 0.86,
    "kinds": 0.95,
    "marks": 0.81,
    "names": 0.98,
    "phrases": 0.75,
    "places": 0.91,
    "sentences": 0.68,
    "skills": 0.81,
    "topics": 0.84,
    "typos": 0.87,
    "years": 0.82,
}


def test_what_is_judged_is_public(embedded: list[Outcome]) -> None:
    shown = set(public().values_list("reference", flat=True))
    judged = {(each.judged.text, reference) for each in embedded for reference in each.judged.grades}
    assert {pair for pair in judged if pair[1] not in shown} == set()


def test_all_together(outcomes: list[Outcome]) -> None:
    reached = figures(outcomes)
    assert (reached.ndcg or 0) >= NDCG
    assert (reached.recall or 0) >= RECALL
    assert (reached.success or 0) >= SUCCESS
    assert (reached.empty or 0) >= EMPTY


def test_each_category(outcomes: list[Outcome]) -> None:
    reached = {name: found.ndcg for name, found in by_category(outcomes).items() if found.ndcg is not None}
    assert set(reached) == set(FLOORS)
    assert {name: round(value, 3) for name, value in reached.items() if value < FLOORS[name]} == {}


@pytest.mark.elasticsearch
def test_the_engines_do_the_same(embedded: list[Outcome], elasticsearch: list[Outcome]) -> None:
    one, other = figures(embedded), figures(elasticsearch)
    assert other.ndcg == pytest.approx(one.ndcg, abs=0.01)
    assert other.recall == pytest.approx(one.recall, abs=0.01)
    assert other.empty == one.empty

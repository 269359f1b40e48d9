"""The measures, against values worked out by hand."""

from math import log2

import pytest

from search.criteria import SearchCriteria
from search.query import TextQuery
from search.results import Card, Hit, SearchResults, Understood
from tests.relevance.evaluation import Figures, Outcome, by_category, figures, run, table, worst
from tests.relevance.judgements import Judged, load
from tests.relevance.measures import dcg, gain, ndcg, recall, success

pytestmark = pytest.mark.engine_only

GRADES = {"a": 3, "b": 2, "c": 1}


def test_gains() -> None:
    assert [gain(grade) for grade in (0, 1, 2, 3)] == [0, 1, 3, 7]


def test_dcg() -> None:
    assert dcg([]) == 0
    assert dcg([3]) == 7
    # Seven, nothing, and three halved, since the logarithm of 4 is 2.
    assert dcg([3, 0, 2]) == pytest.approx(8.5)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (["a", "b", "c"], 1.0),
        ([], 0.0),
        (["x", "y"], 0.0),
        # The best is seven, three divided by the logarithm of 3, and one half: 9.392789.
        (["a"], 7 / 9.392789),
        (["x", "a"], 7 / log2(3) / 9.392789),
        (["c", "b", "a"], (1 + 3 / log2(3) + 7 / 2) / 9.392789),
        ([*"uvwxyzopqr", "a"], 0.0),
    ],
)
def test_ndcg(found: list[str], expected: float) -> None:
    assert ndcg(found, GRADES) == pytest.approx(expected, abs=1e-6)


def test_ndcg_of_more_than_can_be_shown() -> None:
    grades = dict.fromkeys("abcdefghijkl", 3)
    assert ndcg(list("lkjihgfedc"), grades) == 1
    assert ndcg(list("ab"), {}) == 0


def test_recall_counts_good_answers() -> None:
    assert recall(["a", "x"], GRADES) == 0.5
    assert recall(["c"], GRADES) == 0
    assert recall(["x", "c"], {"c": 1}) == 1
    assert recall([*map(str, range(20)), "a"], GRADES) == 0
    assert recall(list(map(str, range(20))), dict.fromkeys(map(str, range(40)), 3)) == 1
    assert recall([], {}) == 0


def test_success_is_a_good_first_answer() -> None:
    assert success(["b", "a"], GRADES) == 1
    assert success(["c", "a"], GRADES) == 0
    assert success(["c"], {"c": 1}) == 1
    assert success(["x", "a"], GRADES) == 0
    assert success([], GRADES) == 0
    assert success(["a"], {}) == 0


def _searching(criteria: SearchCriteria) -> SearchResults:
    """Finds the numbers of the text."""
    cards = [Card(int(word), "", word, "", "visit", "", "", "", "") for word in criteria.text.split() if word.isdigit()]
    return SearchResults(criteria, Understood(query=TextQuery()), tuple(map(Hit, cards)), total=len(cards))


def test_a_run_and_its_table() -> None:
    judged = [
        Judged("numbers", "1 2", {"R1": 3, "R3": 2}),
        Judged("numbers", "none", {}),
        Judged("words", "2", {}),
        Judged("words", "3 1", {"R3": 1}),
    ]
    outcomes = run(_searching, judged, {1: "R1", 2: "R2", 3: "R3"})
    assert [outcome.found for outcome in outcomes] == [("R1", "R2"), (), ("R2",), ("R3", "R1")]
    first = 7 / (7 + 3 / log2(3))
    assert figures(outcomes) == Figures(4, (first + 1) / 2, 0.75, 1.0, 0.5)
    assert by_category(outcomes)["words"] == Figures(2, 1.0, 1.0, 1.0, 0.0)
    assert figures([outcomes[1]]) == Figures(1, None, None, None, 1.0)
    shown = table("embedded", outcomes).splitlines()
    assert [line.split()[0] for line in shown] == ["embedded", "numbers", "words", "all"]
    assert shown[2].split() == ["words", "2", "1.000", "1.000", "1.000", "0.000"]


def test_the_worst_are_told_with_what_was_missing() -> None:
    outcomes = [
        Outcome(Judged("one", "fine", {"R1": 3}), ("R1",), 1),
        Outcome(Judged("one", "bad", {"R1": 3, "R2": 1}), ("R9", "R2"), 2),
    ]
    (told,) = ["\n".join(worst(outcomes, 1, {"R1": "First", "R9": "Ninth"}))]
    assert "bad  (one" in told
    assert "fine" not in told
    assert "-  R9  Ninth" in told
    assert "missing 3  R1  First" in told


def test_what_is_judged_is_well_formed() -> None:
    judged = load()
    texts = [each.text.lower() for each in judged]
    assert len(texts) >= 120
    assert len(texts) == len(set(texts))
    assert sum(not each.grades for each in judged) >= 10
    assert all(set(each.grades.values()) <= {1, 2, 3} for each in judged)


@pytest.mark.parametrize("table", ['["x"]\nsuperb = "OA001"', '["x"]\nexact = "OA001"\nfair = "OA001"'])
def test_a_slip_in_the_judgements_is_refused(table: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("judged")
    (folder / "some.toml").write_text(table)
    with pytest.raises(ValueError, match="x"):
        load(folder)

"""Facet counts: exact, each without its own selection."""

import random
from collections import Counter
from typing import Any

import pytest

from search.criteria import FACET_NAMES, SearchCriteria
from search.document import Document
from tests.contract.documents import opportunity
from tests.contract.engines import Harness
from tests.numbers import full

VALUES = {name: [f"{name}-{letter}" for letter in "abcd"] for name in FACET_NAMES}
#: Facets of which a document has several values.
SEVERAL = {"skill", "audience", "sector", "theme", "subject", "partner_kind", "access"}
TOPICS = ("theatre", "pottery", "archaeology", "letterpress")


def test_choices_of_one_facet_are_alternatives_and_facets_add_up(engine: Harness) -> None:
    engine.put(
        [
            opportunity(1, kind="visit", cost="free"),
            opportunity(2, kind="talk", cost="free"),
            opportunity(3, kind="job", cost="free"),
            opportunity(4, kind="visit", cost="paid"),
        ]
    )
    assert sorted(engine.ids("", SearchCriteria(kind=("visit", "talk")))) == [1, 2, 4]
    assert sorted(engine.ids("", SearchCriteria(kind=("visit", "talk"), cost=("free",)))) == [1, 2]


def test_counts_ignore_their_own_selection(engine: Harness) -> None:
    engine.put(
        [
            opportunity(1, kind="visit", cost="free"),
            opportunity(2, kind="talk", cost="free"),
            opportunity(3, kind="talk", cost="paid"),
        ]
    )
    counts = engine.answer("", SearchCriteria(kind=("visit",))).counts
    assert counts["kind"] == {"visit": 1, "talk": 2}
    assert counts["cost"] == {"free": 1}
    counts = engine.answer("", SearchCriteria(kind=("talk",), cost=("free",))).counts
    assert counts["kind"] == {"visit": 1, "talk": 1}
    assert counts["cost"] == {"free": 1, "paid": 1}


def test_several_values_count_once_each(engine: Harness) -> None:
    engine.put([opportunity(1, skill="creativity analysis"), opportunity(2, skill="analysis")])
    assert engine.answer().counts["skill"] == {"creativity": 1, "analysis": 2}


def test_a_selection_that_nothing_has_counts_nothing_elsewhere(engine: Harness) -> None:
    engine.put([opportunity(1, kind="visit", cost="free")])
    answer = engine.answer("", SearchCriteria(kind=("job",)))
    assert answer.total == 0
    assert answer.counts["kind"] == {"visit": 1}
    assert answer.counts["cost"] == {}


class Record:
    """A document as plain sets, to be counted by hand."""

    def __init__(self, pk: int, chance: random.Random) -> None:
        self.pk = pk
        self.topics = set(chance.sample(TOPICS, chance.randint(0, 3)))
        self.values = {
            name: set(chance.sample(values, chance.randint(0, 3) if name in SEVERAL else chance.randint(0, 1)))
            for name, values in VALUES.items()
        }

    def document(self) -> Document:
        facets: dict[str, Any] = {name: " ".join(sorted(values)) for name, values in self.values.items()}
        return opportunity(self.pk, f"Number {self.pk}", description=" ".join(sorted(self.topics)), **facets)

    def matches(self, text: str, selections: dict[str, tuple[str, ...]]) -> bool:
        return set(text.split()) <= self.topics and all(self.values[name] & set(s) for name, s in selections.items())


@pytest.mark.prove
def test_counts_equal_a_count_by_hand(engine: Harness) -> None:
    chance = random.Random(3)
    records = [Record(pk, chance) for pk in range(1, 301)]
    for begin in range(0, 300, 60):
        # Several writes make several segments, over which counts must still be exact.
        engine.put([record.document() for record in records[begin : begin + 60]])
    for _ in range(full(50, 2000)):
        chosen = chance.sample(FACET_NAMES, chance.randint(0, 3))
        selections = {name: tuple(chance.sample(VALUES[name], chance.randint(1, 3))) for name in chosen}
        text = " ".join(chance.sample(TOPICS, chance.randint(0, 2)))
        answer = engine.answer(text, SearchCriteria(**selections))  # type: ignore[arg-type]
        hits = [record for record in records if record.matches(text, selections)]
        assert answer.total == len(hits), (text, selections)
        for name in FACET_NAMES:
            others = {other: values for other, values in selections.items() if other != name}
            within = [record for record in records if record.matches(text, others)]
            expected = Counter(value for record in within for value in record.values[name])
            assert dict(answer.counts[name]) == dict(expected), (name, text, selections)

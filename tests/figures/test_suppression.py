"""Small numbers: what is told of them, and that no sum tells more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.suppression import FEWEST, Figure

counts = st.integers(0, 12)


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5"), (1234, "1,234")]
)
def test_what_is_told_of_a_count(count: int, words: str) -> None:
    assert Figure.of(count).words == words


def test_a_sum_over_something_held_back_is_a_range() -> None:
    assert Figure.sum([Figure.of(9), Figure.of(2), Figure.of(0)]) == Figure(10, 13)
    assert Figure.sum([Figure.of(9), Figure.of(2)]).words == "10 to 13"
    assert Figure.sum([Figure.of(5), Figure.of(0)]).words == "5"
    assert Figure.sum([]).words == "0"


def test_a_negative_count_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="never negative"):
        Figure.of(-1)


@given(st.lists(counts))
def test_the_true_sum_lies_in_what_is_told(true: list[int]) -> None:
    told = Figure.sum(map(Figure.of, true))
    assert told.low <= sum(true) <= told.high


@given(st.data())
def test_no_sum_over_rows_columns_or_all_tells_one_held_back_count_from_another(data: st.DataObject) -> None:
    """Two tables that differ only in what is held back are told alike, each total of them included."""
    columns = data.draw(st.integers(1, 5))
    table = data.draw(st.lists(st.lists(counts, min_size=columns, max_size=columns), min_size=1, max_size=5))
    other = [[data.draw(st.integers(1, FEWEST - 1)) if 0 < count < FEWEST else count for count in row] for row in table]

    def told(true: list[list[int]]) -> list[str]:
        cells = [[Figure.of(count) for count in row] for row in true]
        rows = [Figure.sum(row) for row in cells]
        sides = [Figure.sum(column) for column in zip(*cells, strict=True)]
        return [each.words for each in [*(cell for row in cells for cell in row), *rows, *sides, Figure.sum(rows)]]

    assert told(table) == told(other)

"""What differs between two wordings is marked on each side, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.differences import MOST_TOKENS, Difference, Piece, Said, difference
from tests.numbers import examples

pytestmark = pytest.mark.engine_only

words = st.text(alphabet="ab .\n£é", max_size=40)
lists = st.lists(st.sampled_from(["ink", "press", "paper", "lead", ""]), max_size=6).map(tuple)
sayings = st.one_of(words, lists)


def swapped(shown: Difference) -> Difference:
    return Difference(shown.new, shown.old, shown.listed)


def whole(pieces: tuple[Piece, ...], *, listed: bool) -> Said:
    texts = tuple(piece.text for piece in pieces)
    return texts if listed else "".join(texts)


@given(sayings)
@examples(100, 3000)
def test_what_stays_is_not_marked(said: Said) -> None:
    assert difference(said, said).is_none


@given(sayings, sayings)
@examples(200, 5000)
def test_swapping_the_sides_swaps_the_marks(old: Said, new: Said) -> None:
    assert difference(new, old) == swapped(difference(old, new))


@given(words, words)
@examples(200, 5000)
def test_both_sides_say_what_they_said(old: str, new: str) -> None:
    shown = difference(old, new)
    assert (whole(shown.old, listed=False), whole(shown.new, listed=False)) == (old, new)
    assert shown.is_none == (old == new)


@given(lists, lists)
@examples(200, 5000)
def test_lines_that_stay_in_their_order_are_the_same_on_both_sides(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    shown = difference(old, new)
    assert (whole(shown.old, listed=True), whole(shown.new, listed=True)) == (old, new)
    kept = [[piece.text for piece in side if not piece.marked] for side in (shown.old, shown.new)]
    assert kept[0] == kept[1]


def test_words_are_marked_with_the_space_between_them() -> None:
    shown = difference("pull their own broadside to keep.", "pull their own broadside to take back to school.")
    assert [piece.text for piece in shown.new if piece.marked] == ["take back to school"]
    assert [piece.text for piece in shown.old if piece.marked] == ["keep"]


def test_a_number_is_marked_alone() -> None:
    shown = difference("10 to 24 people", "10 to 30 people")
    assert shown.old == (Piece("10 to "), Piece("24", True), Piece(" people"))
    assert shown.new == (Piece("10 to "), Piece("30", True), Piece(" people"))


def test_of_a_set_the_added_and_the_removed_are_marked() -> None:
    shown = difference(("KS2", "KS3"), ("KS3", "KS4"))
    assert shown.old == (Piece("KS2", True), Piece("KS3"))
    assert shown.new == (Piece("KS3"), Piece("KS4", True))


def test_a_very_long_text_is_marked_whole() -> None:
    shown = difference("ink " * MOST_TOKENS, "ink " * MOST_TOKENS + "paper")
    assert [piece.marked for piece in shown.new] == [True]


def test_a_list_against_nothing_is_a_list() -> None:
    assert difference("", ("ink",)) == Difference((), (Piece("ink", True),), listed=True)


def test_an_amount_is_marked_whole() -> None:
    shown = difference("It costs £4 each.", "It costs £4.50 each.")
    assert [piece.text for piece in (*shown.old, *shown.new) if piece.marked] == ["£4", "£4.50"]

"""The one analyser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import LONGEST_TOKEN, analyse, analysed, plain_words, prefixes
from tests.numbers import examples


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Theatre workshops", ["theatr", "workshop"]),
        ("the museum’s children's day", ["museum", "children", "day"]),
        ("O'Neill", ["oneil"]),
        ("Café, naïve ﬁlm", ["cafe", "naiv", "film"]),
        ("e-mail", ["e", "mail"]),
        ("V&A, v and a", ["v0a", "v0a"]),
        ("A.I. and IT", ["ai", "ict"]),
        ("what is it?", ["what"]),
        ("I and a friend’s D&T", ["i", "friend", "d0t"]),
        ("soft\u00adhyphen zero\u200bwidth", ["softhyphen", "zerowidth"]),
        ("Year 9, KS3", ["year", "9", "ks3"]),
        ("of the and", []),
        ("🎭 !? \x00", []),
        ("x" * (LONGEST_TOKEN + 1), []),
        ("\ud800 half a pair", ["half", "pair"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert analyse(text) == tokens


def test_plain_words_keep_stop_words_and_endings() -> None:
    assert plain_words("The Museum’s Workshops") == ["the", "museum", "workshops"]


def test_inflections_of_a_word_are_one_token() -> None:
    assert len({analyse(word)[0] for word in ("workshop", "workshops", "Workshop’s")}) == 1


def test_several_texts_become_one_value() -> None:
    assert analysed(["Theatre of", "", "the workshops"]) == "theatr workshop"


def test_prefixes_of_all_words_once() -> None:
    assert prefixes(["Tea", "to"]).split() == ["t", "te", "tea", "to"]
    assert max(map(len, prefixes(["antidisestablishmentarianism"]).split())) == 12


@examples(100, 2000)
@given(st.text(max_size=200))
def test_tokens_hold_no_spaces_and_stay_what_they_are(text: str) -> None:
    for token in plain_words(text):
        assert token == "".join(token.split())
        assert 0 < len(token.encode()) <= LONGEST_TOKEN * 4
    assert analysed([text]).split() == analyse(text)

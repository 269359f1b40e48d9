"""Words that a stemmer takes for one, and words that it parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import analyse
from search.word_families import regrouped
from tests.numbers import examples

pytestmark = pytest.mark.engine_only


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hospitals", "hospitality"),
        ("EAL", "Ealing"),
        ("work experience", "science experiments"),
        ("animals", "animation"),
        ("physical", "physics"),
        ("products", "productions"),
        ("engineering", "engines"),
        ("busy", "business"),
    ],
)
def test_what_is_not_the_same_is_kept_apart(one: str, other: str) -> None:
    assert set(analyse(one)).isdisjoint(analyse(other))


@pytest.mark.parametrize(
    "forms",
    [
        ("photographer", "Photographers", "photography"),
        ("plumber", "plumbing"),
        ("apprentices", "apprenticeship", "apprenticeships"),
        ("organisation", "organizations", "organized", "organising"),
        ("experiment", "experiments", "experimental"),
        ("hospitality", "Hospitality’s"),
    ],
)
def test_what_people_use_for_one_thing_is_one_token(forms: tuple[str, ...]) -> None:
    assert len({tuple(analyse(form)) for form in forms}) == 1


@pytest.mark.parametrize("word", ["size", "prize", "seized", "horizon", "Elizabeth", "citizens"])
def test_an_iz_that_is_no_ending_stays(word: str) -> None:
    assert "iz" in regrouped(word)


@examples(100, 2000)
@given(st.text(max_size=200))
def test_regrouping_twice_changes_nothing_more(text: str) -> None:
    assert analyse(regrouped(text)) == analyse(text)

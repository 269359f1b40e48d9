"""Is this partner here already?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.likeness import SHOWN, Known, candidates, place_on_the_web
from tests.numbers import examples

HERE = [
    Known(1, "Tallowgate Print Rooms", "https://www.tallowgate.example/visit", ("E1 1AA",)),
    Known(2, "The Worshipful Company of Stationers", "https://stationers.example"),
    Known(3, "Gate Press Community Arts", "", ("E8 1DY",)),
    Known(4, "Amina Roe", "https://instagram.com/aminaroe"),
]


def found(name: str, website: str = "", postcode: str = "") -> list[int]:
    return [each.key for each in candidates(name, website, postcode, HERE)]


@pytest.mark.parametrize(
    "name",
    ["Tallowgate Print Rooms", "tallowgate print rooms ltd", "Tallow Gate Print Rooms", "Print Rooms, Tallowgate",
     "The Tallowgate Print-Rooms Limited", "Talowgate Print Rooms"],
)  # fmt: skip
def test_a_name_that_is_nearly_the_same_is_found(name: str) -> None:
    assert found(name) == [1]


@pytest.mark.parametrize("name", ["Foundry Lane Press", "Print", "Company of Carpenters", "Ltd", "!!!", "日本"])
def test_another_name_is_not(name: str) -> None:
    assert found(name) == []


@pytest.mark.parametrize(
    "website", ["http://tallowgate.example", "https://www.TALLOWGATE.example/about", "tallowgate.example"]
)
def test_the_same_host_is_the_same_website(website: str) -> None:
    assert found("Other", website) == [1]


def test_where_many_have_a_page_only_the_same_page_counts() -> None:
    assert found("Other", "https://www.instagram.com/somebodyelse") == []
    assert found("Other", "https://www.instagram.com/AminaRoe/") == [4]
    assert found("Other", "https://www.instagram.com/") == []


def test_the_same_postcode_is_a_reason_however_it_is_spaced() -> None:
    (candidate,) = candidates("Other", "", "e81dy", HERE)
    assert (candidate.key, candidate.reasons) == (3, ("Same postcode",))


def test_more_reasons_come_first() -> None:
    assert found("Gate Press Community Arts", "https://tallowgate.example", "E1 1AA")[:2] == [1, 3]


@pytest.mark.parametrize("website", ["", "   ", "http://[", "//", "https://"])
def test_what_is_no_website_is_no_reason(website: str) -> None:
    assert place_on_the_web(website) == ""


@examples(100, 3000)
@given(
    st.text(max_size=40),
    st.text(max_size=40),
    st.text(max_size=10),
    st.lists(st.builds(Known, st.integers(1, 99), st.text(max_size=30), st.text(max_size=30)), max_size=12),
)
def test_whatever_is_typed_few_are_shown_each_with_a_reason(
    name: str, website: str, postcode: str, known: list[Known]
) -> None:
    shown = candidates(name, website, postcode, known)
    assert len(shown) <= SHOWN
    assert all(each.reasons for each in shown)


@examples(100, 3000)
@given(st.text(st.characters(categories=["L"]), min_size=3, max_size=40))
def test_a_name_is_like_itself(name: str) -> None:
    assert [each.key for each in candidates(name, "", "", [Known(7, name)])] == [7]

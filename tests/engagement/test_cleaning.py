"""What is kept of what was typed: nothing that tells of a person."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.catalogue import LONGEST_TERMS
from engagement.cleaning import LONGEST_LIST, LONGEST_READ, LONGEST_VALUE, clean_data, clean_terms
from taxonomy.postcodes import INWARD, OUTWARD
from tests.numbers import examples

pytestmark = pytest.mark.engine_only


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("letterpress workshop year 9", "letterpress workshop year 9"),
        ("  clay \t pots\n ", "clay pots"),
        ("sam.smith@example.org pottery", "pottery"),
        ("pottery SAM+x@example.co.uk", "pottery"),
        ("pottery sam @ example", "pottery"),
        ("ask @samsmith about clay", "ask about clay"),
        ("＠samsmith clay", "clay"),
        ("call 020 7946 0958 clay", "call clay"),
        ("clay +44 (0)20 7946-0958", "clay"),
        ("clay 07700.900.123 pots", "clay pots"),
        ("clay 07700900123", "clay"),
        ("０７７００９００１２３ clay", "clay"),
        ("clay 12345", "clay"),
        ("clay 10.0.0.1 2001:db8::7", "clay"),
        ("clay 1234", "clay 1234"),
        ("clay EC2Y 8DS", "clay"),
        ("clay ec2y8ds pots", "clay pots"),
        ("clay EC2Y EC2Y 8DS 8DS", "clay"),
        ("clay E17", "clay E17"),
        ("https://example.org/me?x=1 clay", "clay"),
        ("www.example clay", "clay"),
        ("clay at example.org/sam", "clay at"),
        ("clay see:example.org", "clay"),
        ("KS3 9.30am, year 5 & 6", "KS3 9.30am, year 5 & 6"),
        ("St Paul’s café – e.g. clay", "St Paul’s café – e.g. clay"),
        ("c\u200blay\x00 \ud800pots", "clay pots"),
        ("x" * 2_000, ""),
        ("clay " * 40, ("clay " * 16).strip()),
    ],
)
def test_examples(typed: str, kept: str) -> None:
    assert clean_terms(typed) == kept


words = st.text(st.characters(), max_size=12)
digits = st.text(string.digits, min_size=1, max_size=4)
telephones = st.lists(digits, min_size=3, max_size=6).filter(lambda parts: sum(map(len, parts)) >= 9)
written = st.tuples(telephones, st.sampled_from([" ", "-", ".", "", ") ", "/"])).map(lambda both: both[1].join(both[0]))
emails = st.emails()
postcodes = st.tuples(
    st.from_regex(OUTWARD, fullmatch=True), st.sampled_from(["", " ", "-"]), st.from_regex(INWARD, fullmatch=True)
).map("".join)
handles = st.from_regex(r"@[a-z0-9_]{1,15}", fullmatch=True)
addresses = st.from_regex(r"(https?://)?[a-z]{2,8}\.(org|co\.uk|london)(/[a-z0-9]{0,5})?", fullmatch=True)
personal = st.one_of(written, emails, postcodes, handles, addresses, postcodes.map(str.lower))
TYPED = st.lists(st.one_of(words, personal), max_size=9).map(" ".join)

FORBIDDEN = (
    re.compile(r"@"),
    re.compile(r"\d{5}"),
    re.compile(r"\d(?:[ .()/+-]{0,3}\d){8}"),
    re.compile(r"(?<![^\W\d_])[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}(?![^\W_])", re.IGNORECASE),
    re.compile(r"://|www\.|\.(org|london)\b", re.IGNORECASE),
)


@examples(200, 5000)
@given(TYPED)
def test_nothing_that_tells_of_a_person_is_left(typed: str) -> None:
    kept = clean_terms(typed)
    assert len(kept) <= LONGEST_TERMS
    assert kept == " ".join(kept.split())
    assert not [pattern.pattern for pattern in FORBIDDEN if pattern.search(kept)]
    assert clean_terms(kept) == kept
    kept.encode()


@examples(200, 2000)
@given(st.lists(st.text(string.ascii_letters, min_size=1, max_size=8), max_size=8), personal, st.integers(0, 8))
def test_words_beside_it_stay(typed: list[str], told: str, place: int) -> None:
    around = [*typed[:place], told, *typed[place:]]
    kept = clean_terms(" ".join(around))
    left = [word for word in told.split() if word in kept.split()]
    assert [word for word in kept.split() if word not in left] == [word for word in typed if word not in left]


ANY_DATA = st.recursive(
    st.one_of(words, personal, st.integers(), st.floats(), st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=8), st.dictionaries(words, inner, max_size=8)),
    max_leaves=8,
)


def texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for pair in value.items() for each in pair for text in texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts(each)]
    return [value] if isinstance(value, str) else []


@examples(50, 1000)
@given(st.dictionaries(words, ANY_DATA, max_size=3))
def test_other_values_are_cleaned_and_bounded_too(data: dict[str, object]) -> None:
    kept = clean_data(data)
    for text in texts(kept):
        assert len(text) <= LONGEST_VALUE
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", text) or not any(pattern.search(text) for pattern in FORBIDDEN)
    assert clean_data(kept) == kept


def test_what_events_hold_stays_as_it_is_and_too_much_is_cut() -> None:
    selections = {"kind": ["visit"], "near": "EC2Y", "km": 4.8, "from": "2026-12-08", "open": True}
    data = {"selections": selections, "total": 0, "shown": [1_234_567, 2], "took_ms": 12}
    assert clean_data(data) == data
    assert len(clean_data({"shown": list(range(900))})["shown"]) == LONGEST_LIST
    assert clean_data({"what": "x" * LONGEST_READ})["what"] == "x" * LONGEST_VALUE
    assert clean_data({"total": 10**30, "took_ms": float("nan")}) == {"total": 2**31 - 1, "took_ms": None}

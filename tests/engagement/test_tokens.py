"""Signed search tokens, and when a page of results is a search."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.signing import Signer, TimestampSigner
from hypothesis import given
from hypothesis import strategies as st

from engagement.searches import Intent, intent
from engagement.tokens import LASTS, LONGEST, SearchToken, digest, new_token, read_token
from tests.numbers import examples

pytestmark = pytest.mark.engine_only

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
anything = st.text(st.characters(), max_size=60)


def test_what_was_signed_is_read() -> None:
    token = new_token(digest("clay")).at(7)
    assert read_token(token.sign()) == token
    assert read_token(token.sign()).began == token.began  # type: ignore[union-attr]
    assert len(token.sign()) <= 80


def test_it_lasts_two_hours_from_the_beginning_of_the_search_however_often_it_is_handed_on() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        signed = new_token(digest("clay")).sign()
        clock.shift(LASTS - timedelta(seconds=1))
        token = read_token(signed)
        assert token is not None
        handed_on = intent("clay pots", token, from_results=True).token.at(2).sign()
        assert read_token(handed_on) is not None
        clock.shift(timedelta(seconds=2))
        assert read_token(signed) is None
        assert read_token(handed_on) is None


def test_a_token_of_a_clock_that_is_far_ahead_is_none() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        signed = new_token("a").sign()
        clock.shift(timedelta(seconds=-30))
        assert read_token(signed) is not None
        clock.shift(timedelta(hours=-1))
        assert read_token(signed) is None


def test_forged_and_foreign_ones_are_none() -> None:
    signed = new_token(digest("clay")).at(2).sign()
    value, _, signature = signed.partition(":")
    search, asked, _, began = value.split(".")
    for forged in (
        f"{search}.{asked}.1.{began}:{signature}",
        f"{search}x.{asked}.2.{began}:{signature}",
        value,
        signed[:-1],
        signed + "x",
        Signer(sep=":", salt="another").sign(value),
        Signer(sep=":", salt="engagement.search", key="of another site").sign(value),
        TimestampSigner(sep=":", salt="engagement.search").sign(value),
        Signer(sep=":", salt="engagement.search").sign("a.b.c"),
        Signer(sep=":", salt="engagement.search").sign("a.b.one.zz"),
    ):
        assert read_token(forged) is None


@examples(50, 2000)
@given(st.one_of(anything, st.just("x" * (LONGEST + 1)), st.binary(max_size=50).map(lambda b: b.decode("latin-1"))))
def test_garbage_is_none(text: str) -> None:
    assert read_token(text) is None


# What a visitor may do: ask for something, with the token of the page before or another's, from results or not.
STEPS = st.lists(st.tuples(st.sampled_from(["clay", "pots", "ink"]), st.booleans(), st.booleans()), max_size=12)


@examples(100, 2000)
@given(STEPS)
def test_one_intent_is_one_search_however_often_it_is_refined(steps: list[tuple[str, bool, bool]]) -> None:
    carried: SearchToken | None = None
    before: str | None = None
    searches: list[str] = []
    for asked, keeps, from_results in steps:
        held = carried if keeps else None
        found: Intent = intent(asked, held, from_results=from_results)
        same = held is not None and asked == before
        assert found.counts is not same
        assert found.token.rank == 0
        assert found.token.asked == digest(asked)
        if held is not None and (same or from_results):
            assert found.token.search == held.search
            assert found.token.began == held.began
        else:
            assert found.token.search not in searches
        searches.append(found.token.search)
        carried, before = found.token.at(3), asked


@examples(50, 1000)
@given(anything, anything)
def test_digests_of_whatever_was_typed(one: str, other: str) -> None:
    assert digest(one) == digest(one)
    assert set(digest(one)) <= set("0123456789abcdef")
    if one.encode(errors="replace") != other.encode(errors="replace"):
        assert digest(one) != digest(other)

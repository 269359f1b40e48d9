"""The words of the look in templates: the pure functions of `directory.words`, told what day it is."""

from collections.abc import Container, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from directory import keyfacts, markup, terms, words
from directory.keyfacts import KeyFact
from directory.terms import Terms
from engagement.tokens import SearchToken

register = template.Library()


def today() -> date:
    """The day in London."""
    return timezone.localdate(timezone=words.LONDON)


@register.simple_tag
def when(starts: datetime, ends: datetime | None = None) -> str:
    """Day and time of a session, like "Tue 8 December, 10am to 2.30pm"."""
    return words.when_words(starts, ends, today())


@register.simple_tag
def date_words(starts: datetime, ends: datetime | None = None) -> str:
    """The day or days of a session, like "15 to 19 February"."""
    return words.date_words(starts, ends, today())


@register.simple_tag
def day_words(day: date) -> str:
    """A day, like "Tue 8 December"."""
    return words.day_words(day, today())


@register.simple_tag
def key_facts(
    opportunity: Any,
    sessions: Sequence[Any],
    near: str = "",
    miles: float | None = None,
    cancelled: Sequence[Any] = (),
) -> list[KeyFact]:
    """The strip of key facts of an opportunity, with its sessions on offer, and those to come that are cancelled."""
    called_off = opportunity.availability == "dated" and bool(cancelled) and not sessions
    return keyfacts.key_facts(opportunity, sessions, today(), near=near, miles=miles, called_off=called_off)


@register.filter
def for_words(opportunity: Any) -> str:
    """For whom an opportunity is, in one phrase."""
    fact = keyfacts.audience(opportunity)
    return fact.fact if fact else ""


@register.filter
def borough_name(opportunity: Any) -> str:
    """The borough in which an opportunity happens, or nothing."""
    return keyfacts.borough_name(opportunity)


@register.simple_tag
def terms_of(opportunity: Any) -> Terms:
    """The terms of an opportunity: `heading`, `work` and `eligible`, rows of key and value."""
    return terms.terms(opportunity)


@register.simple_tag(takes_context=True)
def card(
    context: Context,
    hit: Any,
    row: bool = False,
    level: int = 3,
    asked: Sequence[str] = (),
    own_page: str = "",
    tracked: SearchToken | None = None,
    rank: int = 0,
) -> SafeString:
    """An opportunity as a card: tall, or a row with its picture at the side; `own_page` is the partner whose page it is on.

    In the results of a search, `tracked` is its token and `rank` the place in them, from 1: its link carries both.
    """
    token = tracked.at(rank).sign() if tracked else ""
    saved: Container[int] = context.get("shortlist") or ()
    return markup.card(
        hit, today(), row=bool(row), level=level, asked=asked, own_page=own_page, token=token, saved=saved
    )


@register.simple_tag
def map_summary_of(choices: Sequence[Any], online: int) -> str:
    """What a map of a facet's choices shows, like "38 in 13 boroughs, and 3 online"."""
    return words.map_summary((choice.count for choice in choices), online)


@register.filter
def minutes_to_read(body: Any) -> int:
    """How long the body of a guide (a StreamField) takes to read, in minutes."""
    return words.reading_minutes(_texts(body.get_prep_value()))


def _texts(value: Any) -> Iterator[str]:
    """Every text inside a value as a StreamField stores it."""
    if isinstance(value, str):
        yield strip_tags(value)
    elif isinstance(value, dict):
        yield from _texts(value.get("value", [each for name, each in value.items() if name not in {"id", "type"}]))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


@register.filter
def place_icon(place: str) -> str:
    """The icon for where an opportunity is."""
    return markup.PLACE_ICONS.get(place, "pin")


@register.filter
def full_date(day: date | datetime) -> str:
    """A day with its year, like "3 June 2026"."""
    return words.full_date_words(words.local(day).date() if isinstance(day, datetime) else day)


@register.filter
def moment_words(moment: datetime) -> str:
    """A day and a time, like "Mon 23 November, 4.05pm"."""
    local = words.local(moment)
    return f"{words.day_words(local.date(), today())}, {words.clock_words(local.time())}"


@register.filter
def as_date(value: date | str | None) -> date | None:
    """A day from what stands in a date field (typed, as 2026-12-08); None where it is no day."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value


@register.filter
def money_words(amount: Decimal) -> str:
    """An amount in pounds, like "£4.50"."""
    return words.money_words(amount)


for tag in (
    words.time_words, words.session_dates, words.span_words, words.long_span_words, words.cost_words, words.cost_note,
    words.pay_words, words.places_words, words.waiting_words, words.few_left, words.years_words, words.ages_words,
    words.where_words, words.counted, words.results_heading,
):  # fmt: skip
    register.simple_tag(tag)
for name in (
    "distance_words",
    "lower_first",
    "timetable_words",
    "access_words",
    "minutes_words",
    "number_words",
    "monogram",
    "list_words",
):
    register.filter(name, getattr(words, name))

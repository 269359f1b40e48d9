"""Results as an Excel workbook: one sheet that says what was asked for, and one with a row for each result."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from directory import markup, words
from directory.forms import SearchForm
from search.criteria import LAST_PAGE, PAGE_SIZE
from search.results import Hit, SearchResults
from taxonomy.resources.formulas import marked

ABOUT, ROWS = "What was asked for", "Results"
SORTS = {
    "relevance": "Best match first",
    "soonest": "Soonest first",
    "nearest": "Nearest first",
    "newest": "Newest first",
}
#: Heading, width in characters.
COLUMNS = (
    ("Title", 44), ("Kind", 24), ("Partner", 30), ("Next date", 12), ("When", 34), ("Where", 30), ("Miles away", 10),
    ("Cost", 24), ("Places", 22), ("For whom", 26), ("Fusion skills", 44), ("Documents", 14), ("Page", 60),
)  # fmt: skip


def results_workbook(
    results: SearchResults, hits: Iterable[Hit], form: SearchForm, now: datetime, site_url: str
) -> bytes:
    """The workbook of a search. `now` is the time in London, `site_url` where addresses of pages begin.

    It is written row by row, so that a thousand results take no more memory than one.
    """
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "d mmm yyyy", "align": "left"})
        about, rows = book.add_worksheet(ABOUT), book.add_worksheet(ROWS)
        _about(about, [*_asked(results, form, now)], bold, wrapped)
        _headings(rows, bold)
        audiences = form.known["audience"]
        for line, hit in enumerate(hits, 1):
            for place, value in enumerate(_cells(hit, now, site_url, audiences)):
                _write(rows, line, place, value, day)
        rows.activate()
    return out.getvalue()


def _about(sheet: Worksheet, lines: list[tuple[str, str]], bold: Format, wrapped: Format) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    for line, (name, said) in enumerate(lines):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, marked(said), wrapped)


def _headings(sheet: Worksheet, bold: Format) -> None:
    sheet.freeze_panes(1, 1)
    for place, (heading, width) in enumerate(COLUMNS):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, bold)


def _write(sheet: Worksheet, line: int, place: int, value: Any, day: Format) -> None:
    if isinstance(value, str):
        # What a spreadsheet would run as a formula is text here too once it is saved as CSV.
        sheet.write_string(line, place, marked(value))
    elif isinstance(value, datetime):
        sheet.write_datetime(line, place, value, day)
    elif value is not None:
        sheet.write_number(line, place, value)


def _cells(hit: Hit, now: datetime, site_url: str, audiences: Mapping[str, str]) -> tuple[Any, ...]:
    card, today = hit.card, now.date()
    partners = words.list_words([card.partner_name, *card.with_partners])
    starts = words.local(card.next_start).replace(tzinfo=None) if card.next_start else None
    places = words.places_words(0 if card.full else card.places_left, card.capacity, card.waiting)
    years = words.years_words(card.year_from, card.year_to)
    return (
        card.title,
        card.kind_label,
        partners,
        starts,
        markup.when(card, today),
        markup.where(card, None),
        None if hit.distance_miles is None else round(hit.distance_miles, 1),
        markup.cost_or_pay(card) if card.cost_kind else "",
        places if card.next_start else "",
        ", ".join([*(audiences.get(each, each) for each in card.audiences), *([years] if years else [])]),
        words.list_words([skill.name for skill in card.skills]),
        "In date" if card.documents_in_date else "",
        f"{site_url}{card.url}",
    )


def _asked(results: SearchResults, form: SearchForm, now: datetime) -> Iterator[tuple[str, str]]:
    """Each line of the first sheet: what it is about, and what to say."""
    criteria = results.criteria
    yield "Find Fusion", words.results_heading(results.total, results.understood.text, narrowed=criteria.narrowed)
    yield "As of", f"{words.full_date_words(now.date())}, {words.clock_words(now.time())}"
    if results.beyond_last_page:
        most = LAST_PAGE * PAGE_SIZE
        yield "Not all", f"This holds the first {most:,} of {results.total:,}. Narrow your search to have the rest."
    lines = (
        ("Words", results.understood.typed),
        ("Partner", form.partner.name if form.partner else ""),
        ("Near", form.place.label if form.place else ""),
        ("Within", _within(form)),
        ("From", words.full_date_words(criteria.date_from) if criteria.date_from else ""),
        ("To", words.full_date_words(criteria.date_to) if criteria.date_to else ""),
        ("Places", "Has places left" if criteria.open_only else ""),
    )
    yield from ((name, said) for name, said in lines if said)
    for facet in results.facets:
        if facet.chosen:
            yield facet.label, words.list_words([choice.label for choice in facet.chosen])
    yield "Order", SORTS[criteria.sort]
    yield "Before you book", "Dates and places change. The page of each opportunity says how things stand today."


def _within(form: SearchForm) -> str:
    miles = form.cleaned_data.get("within")
    return f"{miles} {words.plural(miles, 'mile')}" if miles and form.place else ""

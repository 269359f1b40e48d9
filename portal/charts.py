"""Figures by week, drawn as SVG by attributes, with the words that say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from directory.words import number_words, plural
from figures.suppression import Figure

LEFT, RIGHT, TOP, BASE = 44, 514, 20, 170
UNITS = (5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
LINES = 4
NO_HOLIDAYS: Mapping[date, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class WeekChart:
    """A chart by week: its heading, the sentence below it, the drawing, and rows of week and words for its table."""

    slug: str
    heading: str
    noun: str
    lead: str
    drawing: SafeString
    rows: tuple[tuple[str, str], ...]


def week_words(week: date) -> str:
    """The Monday of a week, as on an axis: "5 Oct"."""
    return f"{week.day} {week:%b}"


def finding(nouns: tuple[str, str], weeks: Sequence[date], figures: Sequence[Figure]) -> str:
    """What a chart shows, in a sentence. The last week is not over, so it is left out of a comparison."""
    noun = nouns[1].capitalize()
    total = Figure.sum(figures)
    if total.high == 0:
        return f"No {nouns[1]} in {_span(weeks)}."
    if len(figures) > 2 and figures[0].is_exact and figures[-2].is_exact:
        first, last = figures[0].low, figures[-2].low
        between = f"between the weeks of {week_words(weeks[0])} and {week_words(weeks[-2])}"
        if first == last:
            return f"{noun} each week were {first:,} at both ends, {between}."
        return f"{noun} each week {'rose' if last > first else 'fell'} from {first:,} to {last:,} {between}."
    return f"{noun} in {_span(weeks)}: {total.words}."


def _span(weeks: Sequence[date]) -> str:
    return f"{number_words(len(weeks))} {plural(len(weeks), 'week')}"


def week_chart(
    slug: str,
    nouns: tuple[str, str],
    weeks: Sequence[date],
    figures: Sequence[Figure],
    holidays: Mapping[date, str] = NO_HOLIDAYS,
) -> WeekChart:
    """The chart of one measure; `slug` tells it from the others of a page, `nouns` are for one and for several.

    `holidays` are the weeks in which schools are closed, by their Mondays, and what they are called.

    The last week is not over: it stands in the table and is not drawn, unless there is no other.
    """
    over = slice(0, -1 if len(weeks) > 2 else None)
    total = Figure.sum(figures)
    words = total.words[0].upper() + total.words[1:]
    noun = nouns[0] if total == Figure(1, 1) else nouns[1]
    return WeekChart(
        slug,
        f"{nouns[1].capitalize()} each week",
        nouns[1],
        f"{words} {noun} in {_span(weeks)}. Your own visits are not counted."
        + ("" if total.is_exact else " The band along the line is what is held back.")
        + (" Upright bands are school holidays." if holidays.keys() & set(weeks[over]) else ""),
        _draw(slug, finding(nouns, weeks, figures), weeks[over], figures[over], holidays),
        tuple(
            (_in_table(week, is_last=week == weeks[-1], holiday=holidays.get(week, "")), figure.words)
            for week, figure in zip(weeks, figures, strict=True)
        ),
    )


def _in_table(week: date, *, is_last: bool, holiday: str) -> str:
    return ", ".join(filter(None, (week_words(week), holiday, "so far" if is_last else "")))


def _draw(
    slug: str, title: str, weeks: Sequence[date], figures: Sequence[Figure], holidays: Mapping[date, str]
) -> SafeString:
    most = max((each.high for each in figures), default=0)
    unit = next((unit for unit in UNITS if most <= LINES * unit), UNITS[-1])
    step = (RIGHT - LEFT) / max(len(weeks) - 1, 1)

    def points(values: Sequence[int]) -> str:
        return " ".join(f"{LEFT + n * step:.1f},{_height(value, unit):.1f}" for n, value in enumerate(values))

    low, high = [each.low for each in figures], [each.high for each in figures]
    last_x = LEFT + (len(weeks) - 1) * step
    band = (
        ""
        if low == high
        else format_html('<polygon class="ff-chart__band" points="{} {}"/>', points(high), _back(points(low)))
    )
    return format_html(
        '<svg viewBox="0 0 540 204" role="img" aria-labelledby="{slug}-t"><title id="{slug}-t">{title}</title>{off}{grid}'
        '<polygon class="ff-chart__area" points="{left},{base} {low} {x},{base}"/>{band}'
        '<polyline class="ff-chart__line" points="{low}"/><circle class="ff-chart__dot" cx="{x}" cy="{y}" r="6"/>{weeks}</svg>',
        slug=slug,
        title=title,
        off=_bands(weeks, step, holidays),
        grid=_grid(unit),
        left=LEFT,
        base=BASE,
        low=points(low),
        band=band,
        x=f"{last_x:.1f}",
        y=f"{_height(low[-1], unit):.1f}",
        weeks=_labels(weeks, step),
    )  # fmt: skip


def _bands(weeks: Sequence[date], step: float, holidays: Mapping[date, str]) -> SafeString:
    """A band from half-way before each run of weeks off to half-way after it."""
    numbers = [n for n, week in enumerate(weeks) if week in holidays]
    firsts = [n for n in numbers if n - 1 not in numbers]
    lasts = [n for n in numbers if n + 1 not in numbers]
    spans = [
        (max(LEFT + (first - 0.5) * step, LEFT), min(LEFT + (last + 0.5) * step, RIGHT))
        for first, last in zip(firsts, lasts, strict=True)
    ]
    return format_html_join(
        "",
        '<rect class="ff-chart__off" x="{}" y="{}" width="{}" height="{}"/>',
        ((f"{low:.1f}", TOP, f"{high - low:.1f}", BASE - TOP) for low, high in spans),
    )


def _back(points: str) -> str:
    return " ".join(reversed(points.split(" ")))


def _height(value: int, unit: int) -> float:
    return BASE - value / (LINES * unit) * (BASE - TOP)


def _grid(unit: int) -> SafeString:
    lines = (
        (
            "base" if n == 0 else "grid",
            f"{_height(n * unit, unit):.1f}",
            f"{_height(n * unit, unit) + 5:.1f}",
            f"{n * unit:,}",
        )
        for n in range(LINES + 1)
    )
    return format_html_join(
        "",
        '<path class="ff-chart__{}" d="M44 {}H530"/><text class="ff-chart__text" x="34" y="{}" text-anchor="end">{}</text>',
        lines,
    )


def _labels(weeks: Sequence[date], step: float) -> SafeString:
    """The first week, the last, and some between."""
    every = max(round(len(weeks) / 4), 1)
    shown = [n for n in range(0, len(weeks) - 1, every) if n + every < len(weeks)] or [0]
    if len(weeks) > 1:
        shown.append(len(weeks) - 1)
    anchors = {0: "start", len(weeks) - 1: "end"}
    return format_html_join(
        "",
        '<text class="ff-chart__text" x="{}" y="194" text-anchor="{}">{}</text>',
        ((f"{LEFT + n * step:.1f}", anchors.get(n, "middle"), week_words(weeks[n])) for n in shown),
    )

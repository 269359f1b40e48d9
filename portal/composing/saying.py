"""What a draft says, in words: for reading it once before it is sent, and for seeing what somebody else wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from directory.words import day_words, money_words
from opportunities.models import Opportunity
from opportunities.requirements import QUESTIONS
from opportunities.steps import SEVERAL, Step

from .words import ROWS, words_for

MONEY = frozenset({"pay_amount", "cost_amount", "family_price"})
TITLES = {
    "timetable": "Hour by hour",
    "skill_items": "Fusion skills",
    "access": "Access",
    "leads_to": "What it leads to",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A question and its answer, a line for each thing that it names."""

    key: str
    lines: tuple[str, ...]


def said(draft: Opportunity, step: Step) -> list[Said]:
    """What the draft says in this step; questions without an answer are left out."""
    found = (Said(_title(draft, name), tuple(_lines(draft, name))) for name in step.names)
    return [each for each in found if each.lines]


def _title(draft: Opportunity, name: str) -> str:
    return TITLES[name] if name in ROWS else words_for(draft.kind, name)[0]


def _lines(draft: Opportunity, name: str) -> Iterable[str]:
    if name in WRITTEN:
        return [WRITTEN[name](row) for row in getattr(draft, name).all()]
    if name in SEVERAL:
        return sorted(item.tag.name for item in getattr(draft, SEVERAL[name]).all())
    if name == "eligible_boroughs":
        return sorted(borough.name for borough in draft.eligible_boroughs.all())
    value = getattr(draft, name)
    if value is None or value == "" or (value is False and name not in QUESTIONS):
        return []
    display = getattr(draft, f"get_{name}_display", None)
    return [display() if display else _words(name, value)]


def _words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Decimal):
        return money_words(value) if name in MONEY else f"{value.normalize():f}"
    if isinstance(value, date):
        return day_words(value, timezone.localdate())
    return str(value)


def _timetable(row: Any) -> str:
    return " · ".join(part for part in (row.when, row.title, row.text) if part)


def _skill(row: Any) -> str:
    return f"{row.tag.name}: {row.practice}" if row.practice else row.tag.name


def _access(row: Any) -> str:
    words = row.feature.name if row.present else row.feature.absent
    return f"{words} ({row.note})" if row.note else words


WRITTEN: dict[str, Callable[[Any], str]] = {
    "timetable": _timetable,
    "skill_items": _skill,
    "access": _access,
    "leads_to": lambda row: str(row.target),
}

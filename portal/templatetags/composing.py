"""How a step of describing an opportunity is laid out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass, field
from datetime import datetime

from django import template
from django.forms import BoundField
from django.utils import timezone

from directory.words import clock_words, day_words
from opportunities.steps import Group
from portal.composing.forms import StepForm
from portal.composing.rows import MOST, RowsFormSet
from portal.composing.selectors import number_words
from portal.composing.words import ADD, ROWS

register = template.Library()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A group of fields, or one set of rows with the words for it."""

    title: str
    look: str
    fields: list[BoundField] = field(default_factory=list)
    rows: RowsFormSet | None = None
    words: tuple[str, ...] = ()
    add: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a folded group is open from the beginning: it says something, or something is to be mended."""
        return any(each.value() or each.errors for each in self.fields)


@register.filter
def count_words(things: Sized) -> str:
    """How many there are, as a heading says it: "Seven"."""
    return number_words(len(things))


@register.filter
def saved_words(moment: datetime) -> str:
    """When a draft was kept: "at 7.42pm" today, else the day, like "on Tue 8 December"."""
    here, today = timezone.localtime(moment), timezone.localdate()
    return f"at {clock_words(here.time())}" if here.date() == today else f"on {day_words(here.date(), today)}"


@register.filter
def groups(form: StepForm) -> Iterator[Drawn]:
    """The groups of a step, without fields that this partner is not asked."""
    return drawn(form, form.step.groups)


@register.filter
def drawn(form: StepForm, wanted: Iterable[Group]) -> Iterator[Drawn]:
    """Some groups of a form, without fields that this partner is not asked."""
    for group in wanted:
        name = group.names[0]
        if name in form.sets:
            rows = form.sets[name]
            full = len(rows.forms) >= MOST[name]
            yield Drawn(group.title, group.look.value, rows=rows, words=ROWS[name][:2], add="" if full else ADD[name])
            continue
        names = [shown for each in group.names for shown in form.shown_for(each)]
        fields = [form[each] for each in names if each in form.fields]
        if fields:
            yield Drawn(group.title, group.look.value, fields=fields)

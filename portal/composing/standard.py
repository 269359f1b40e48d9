"""The placement standard beside a draft: each line with the way to what meets it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from opportunities.kinds import Kind
from opportunities.models import Opportunity
from opportunities.quality import Criterion
from opportunities.selectors import quality
from opportunities.steps import STEPS, step_of
from partners.models import Partner

from .places import place_of


@dataclass(frozen=True, slots=True)
class StandardLine:
    """A line of the standard, the address of what meets it (empty: nothing here does) and the number of its step."""

    criterion: Criterion
    address: str
    number: int | None = None


def standard_lines(draft: Opportunity, partner: Partner, *, editable: bool) -> list[StandardLine]:
    """The lines for a placement; none for other kinds. `editable`: its people can change it now."""
    if draft.kind != Kind.PLACEMENT:
        return []
    return [_line(each, draft, partner, editable=editable) for each in quality(draft)]


def _line(criterion: Criterion, draft: Opportunity, partner: Partner, *, editable: bool) -> StandardLine:
    if not criterion.name:
        # Documents are the host's: its own people send them.
        own = draft.host.pk == partner.pk
        return StandardLine(criterion, reverse("portal-documents", args=[partner.pk]) if own else "")
    step = step_of(draft.kind, criterion.name)
    number = STEPS[draft.kind].index(step) + 1 if step else None
    return StandardLine(criterion, place_of(draft, criterion.name) if editable else "", number)

"""The placement quality standard (measure W1 in docs/measures): a checklist computed from what is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partners.assurances import Standing, State
from partners.models import AssuranceKind

if TYPE_CHECKING:
    from .models import Opportunity

HOLDS = {State.IN_DATE, State.DUE, State.EXEMPT}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the standard, whether it is met, and the field or set that says it (empty: a document says it)."""

    title: str
    met: bool
    hint: str
    name: str = ""


def placement_quality(
    opportunity: Opportunity, standings: Sequence[Standing], *, skill_count: int, access_count: int
) -> list[Criterion]:
    """The eight criteria of the standard for a placement.

    `standings` are those of the host and must include employers' liability, public liability and risk
    assessment. A sole trader without employees is exempt from the first if the second is in date.
    """
    by_kind = {held.kind: held.state for held in standings}
    liability = by_kind.get(AssuranceKind.EMPLOYERS_LIABILITY, State.NEVER_SEEN)
    covered = by_kind.get(AssuranceKind.PUBLIC_LIABILITY) in HOLDS if liability is State.EXEMPT else liability in HOLDS
    return [
        Criterion("Tasks described", bool(opportunity.tasks.strip()), "Say what they will make or finish.", "tasks"),
        Criterion(
            "A named supervisor role",
            bool(opportunity.supervisor_role.strip()),
            "Name a role, such as senior printer.",
            "supervisor_role",
        ),
        Criterion(
            "Hours and days stated",
            bool(opportunity.days_and_hours.strip()),
            "Say on which days and at what hours.",
            "days_and_hours",
        ),
        Criterion(
            "A learning aim with a fusion skill",
            skill_count > 0,
            "Choose at least one fusion skill and say how it is practised.",
            "skill_items",
        ),
        Criterion(
            "Access and adjustments stated", access_count > 0, "Say what is there and what is missing.", "access"
        ),
        Criterion(
            "Employers' liability insurance in date", covered, "An officer must have seen it, or the insurer's letter."
        ),
        Criterion(
            "Risk assessment in date",
            by_kind.get(AssuranceKind.RISK_ASSESSMENT) in HOLDS,
            "An officer must have seen it.",
        ),
        Criterion(
            "Expenses stated", bool(opportunity.expenses.strip()), "Say what you pay for, or “nothing”.", "expenses"
        ),
    ]


def meets_standard(criteria: Sequence[Criterion]) -> bool:
    """Whether every criterion is met."""
    return all(criterion.met for criterion in criteria)

"""What a rule would make of the dates of an opportunity, with what somebody ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from figures.academic_years import AcademicYear
from opportunities.models import Opportunity
from opportunities.recurrence import LeaveOut, Proposal, propose, unknown_years
from portal.forms.sessions import RuleForm
from portal.selectors.sessions import known

GONE = "One of these dates cannot be added any more: it is there already, or has begun. Look at the dates again."


@dataclass
class Preview:
    """The dates that a rule makes, which of them are ticked, and what is wrong with the choice, if anything."""

    proposals: list[Proposal]
    ticked: frozenset[date]
    capacity: int | None
    unknown: list[AcademicYear]
    problem: str = ""

    @property
    def chosen(self) -> list[Proposal]:
        """What would be added, in order."""
        return [one for one in self.proposals if one.day in self.ticked and not one.final]

    @property
    def places(self) -> int | None:
        """Places on all of them together; None when any number may come."""
        return None if self.capacity is None else self.capacity * len(self.chosen)


def preview(opportunity: Opportunity, form: RuleForm, ticked: Sequence[str] | None = None) -> Preview:
    """What the rule of a valid form makes. `ticked` are days as they were sent; None: all that are not left out."""
    knowledge = known(opportunity, form.rule, form.cleaned_data["terms"])
    proposals = propose(form.rule, knowledge, form.leave_out, form.cleaned_data["label"])
    holidays = LeaveOut.SCHOOL_HOLIDAYS in form.leave_out
    unknown = unknown_years(form.rule, knowledge) if holidays else []
    if ticked is None:
        days = frozenset(one.day for one in proposals if not one.left_out)
        return Preview(proposals, days, form.cleaned_data["places"], unknown)
    sent = frozenset(filter(None, map(_day, ticked)))
    found = Preview(proposals, sent, form.cleaned_data["places"], unknown)
    if not sent:
        found.problem = "Tick at least one date."
    elif len(found.chosen) < len(set(ticked)):
        found.problem = GONE
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

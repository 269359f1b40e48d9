"""The terms of an opportunity as rows of a table: what the work or course is like, and who can take part."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from directory import words
from opportunities.kinds import Kind
from opportunities.models.choices import Funded

if TYPE_CHECKING:
    from opportunities.models import Opportunity

HEADINGS = {
    Kind.PLACEMENT: "The placement",
    Kind.INTERNSHIP: "The internship",
    Kind.APPRENTICESHIP: "The apprenticeship",
    Kind.COURSE: "The course",
    Kind.JOB: "The job",
    Kind.VOLUNTEERING: "The work",
    Kind.MENTORING: "The mentoring",
}
#: Whether public money pays for a course.
FUNDED = {Funded.YES: "Yes", Funded.PARTLY: "In part", Funded.NO: "No"}


@dataclass(frozen=True, slots=True)
class Row:
    """A name and its value."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What the work or course is like under its heading, and who can take part."""

    heading: str
    work: tuple[Row, ...]
    eligible: tuple[Row, ...]


def terms(opportunity: Opportunity) -> Terms:
    """The terms that this opportunity states; rows without a value are left out."""
    heading = HEADINGS.get(Kind(opportunity.kind), "In detail")
    return Terms(heading, _filled(_work(opportunity)), _filled(_eligible(opportunity)))


def _filled(rows: list[tuple[str, str]]) -> tuple[Row, ...]:
    return tuple(Row(key, value) for key, value in rows if value)


def _work(opportunity: Opportunity) -> list[tuple[str, str]]:
    pay = words.pay_words(opportunity.pay_amount, opportunity.pay_unit) if opportunity.pay_amount is not None else ""
    funded = FUNDED[Funded(opportunity.funded)] if opportunity.kind == Kind.COURSE and opportunity.funded else ""
    return [
        ("Kind of placement", opportunity.get_placement_type_display() if opportunity.placement_type else ""),
        ("Tasks", opportunity.tasks),
        ("Looked after by", opportunity.supervisor_role),
        ("Days and hours", opportunity.days_and_hours),
        ("Paid for", opportunity.expenses),
        ("Level", opportunity.get_level_display() if opportunity.level else ""),
        ("Paid for by public money", funded),
        ("Pay", pay),
    ]


def _eligible(opportunity: Opportunity) -> list[tuple[str, str]]:
    employment, residence = opportunity.eligible_employment, opportunity.eligible_residence
    return [
        ("Age", words.ages_words(opportunity.eligible_age_from, opportunity.eligible_age_to)),
        ("Employment", opportunity.get_eligible_employment_display() if employment != "anyone" else ""),
        ("Qualifications", _qualifications(opportunity.eligible_level)),
        ("Income", _income(opportunity.eligible_income)),
        ("Home", _home(opportunity) if residence != "anywhere" else ""),
    ]


def _qualifications(highest: int | None) -> str:
    if highest is None:
        return ""
    return f"None above level {highest}" if highest else "None at level 1 or above"


def _income(highest: int | None) -> str:
    return f"Up to {words.money_words(Decimal(highest))} a year" if highest is not None else ""


def _home(opportunity: Opportunity) -> str:
    if opportunity.eligible_residence == "boroughs":
        names = [borough.name for borough in opportunity.eligible_boroughs.all()]
        return f"People who live in {words.list_words(names)}" if names else ""
    return str(opportunity.get_eligible_residence_display())

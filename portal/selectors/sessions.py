"""Reading the dates of an opportunity for those who keep them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from figures.academic_years import AcademicYear
from opportunities.models import Opportunity, Session
from opportunities.recurrence import Known, Rule, Term, There, days
from partners.models import Partner
from schools.models import School
from schools.selectors import term_periods, with_own_terms
from taxonomy.models import Borough

LONDON = "london"
YEARS_AHEAD = 3


def opportunities_of(partner: Partner) -> QuerySet[Opportunity]:
    """What a partner offers: drafts, live ones and ended ones."""
    return Opportunity.objects.filter(offered_by=partner).select_related("offered_by", "site__outward_code__borough")


def sessions_of(partner: Partner) -> QuerySet[Session]:
    """The sessions of what a partner offers."""
    return Session.objects.filter(opportunity__offered_by=partner).select_related("opportunity")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Some of the dates of an opportunity: which, how they are called, and how many there are."""

    name: str
    label: str
    sessions: tuple[Session, ...]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.sessions)


def shelves(opportunity: Opportunity, now: datetime | None = None) -> list[Shelf]:
    """Its dates to come (cancelled ones among them), the past ones, latest first, and the cancelled. One query."""
    now = now or timezone.now()
    found = list(Session.objects.filter(opportunity=opportunity).order_by("starts", "pk"))
    return [
        Shelf("coming", "Coming", tuple(one for one in found if one.ends > now)),
        Shelf("past", "Past", tuple(one for one in reversed(found) if one.ends <= now and not one.is_cancelled)),
        Shelf("cancelled", "Cancelled", tuple(one for one in found if one.is_cancelled)),
    ]


def term_choices() -> list[tuple[str, str]]:
    """Whose school holidays can be left out: those of all London, of a borough, of a school that has its own."""
    this_year = AcademicYear.of(timezone.localdate())
    years = [AcademicYear(this_year.start_year + n) for n in range(YEARS_AHEAD)]
    boroughs, schools = with_own_terms(years)
    return [
        (LONDON, "All of London"),
        *((f"borough-{borough.pk}", str(borough.name)) for borough in boroughs),
        *((f"school-{school.urn}", school.name) for school in schools),
    ]


def usual_terms(opportunity: Opportunity, choices: Iterable[tuple[str, str]]) -> str:
    """The choice to begin with: the borough in which it happens, if that has its own terms."""
    code = opportunity.site.outward_code if opportunity.site else opportunity.outward_code
    own = f"borough-{code.borough_id}" if code and code.borough_id else ""
    return own if own in dict(choices) else LONDON


def known(opportunity: Opportunity, rule: Rule, terms: str) -> Known:
    """What is known of the days of a rule: the terms of that choice, and the dates that are there."""
    kind, _, key = terms.partition("-")
    school = School.objects.filter(urn=key).first() if kind == "school" else None
    borough = Borough.objects.filter(pk=key).first() if kind == "borough" else None
    years = {AcademicYear.of(day) for day in days(rule)}
    periods = {year: term_periods(year, school=school, borough=borough) for year in years}
    there = Session.objects.filter(opportunity=opportunity).order_by("starts")
    return Known(
        timezone.now(),
        {year: [Term(one.name, one.starts, one.ends) for one in found] for year, found in periods.items()},
        [There(one.starts, one.label, one.is_cancelled) for one in there],
    )

"""Loads the demonstration: the files of `demo/data`, through the same imports that officers use."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import User
from figures.academic_years import AcademicYear
from opportunities.models import Campaign, Opportunity
from opportunities.resources import OpportunityResource, SessionResource
from partners.models import Partner
from partners.resources import PartnerResource
from schools.models import TermPeriod
from schools.resources import FamilyResource, GroupResource, SchoolResource
from schools.services import set_term_periods
from taxonomy.resources import Outcome, Report, Table, TableResource

from . import decisions, documents, joining, notes, pages, people, visits, written
from .dates import Calendar
from .term_dates import london_terms

DATA = Path(__file__).parent / "data"

# What tables bring in and people change afterwards.
PUBLISHABLE: dict[type[TableResource[Any, Any]], type[Partner | Opportunity]] = {
    PartnerResource: Partner,
    OpportunityResource: Opportunity,
}

Say = Callable[[str], Any]


class Loader:
    """Loads everything from one day on. Loading again adds what is new in the files, and changes nothing else."""

    def __init__(self, say: Say, today: date | None = None) -> None:
        self.say = say
        self.calendar = Calendar(today or first_loaded_on() or timezone.localdate())
        self.reports: list[Report] = []
        self.officer: User | None = None

    def load(self) -> None:
        """All of it, in order."""
        # Wagtail notes every publication; a thousand lines tell nobody anything.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        self.say(f"Dates are reckoned from {self.calendar.today:%-d %B %Y}.")
        people.load_organisations()
        officer = self.officer = people.load_staff()
        self._terms()
        self._campaign()
        self._schools()
        for path in sorted(DATA.glob("partners-*.csv")):
            self._import(PartnerResource, path, publish=True)
        for path in sorted(DATA.glob("opportunities-*.csv")):
            self._import(OpportunityResource, path, publish=True)
        for path in sorted(DATA.glob("sessions-*.csv")):
            self._import(SessionResource, path)
        decided, waiting = decisions.decide(officer)
        self.say(f"Safeguarding: {decided} decided now, {waiting} wait for an officer.")
        people.load_members()
        self.say(f"People: {len(people.PEOPLE)}, one for each role.")
        self.say(f"Who wants to join: {joining.load(officer)} added now.")
        sent = documents.send(officer, self.calendar.today)
        self.say(f"Documents of a partner: {sent} sent now.")
        self.say(f"Written in the portal: {written.load(officer, self.calendar)} now.")
        self.say(f"Left by visitors: {notes.load()} now.")
        made = pages.load(self.calendar)
        self.say(f"Pages: {made} made now.")
        self.say(f"Visits before today, made up: {visits.load(self.calendar.today):,} events recorded now.")

    @property
    def problems(self) -> list[str]:
        """What the imports had to say against the files."""
        return [
            f"{report.file}, line {row.line}, {row.label}: {problem}"
            for report in self.reports
            for row in report.rows
            for problem in row.problems
        ] + [
            f"{report.file}, line {row.line}, {row.label}: {note}"
            for report in self.reports
            for row in report.rows
            if row.outcome is Outcome.DUPLICATE
            for note in row.notes
        ]

    def _terms(self) -> None:
        first = AcademicYear.of(self.calendar.today)
        for year in (first, first.next()):
            periods = [TermPeriod(name=one.name, starts=one.starts, ends=one.ends) for one in london_terms(year)]
            set_term_periods(year, periods, self.officer)
        self.say(f"Term dates: {first} and {first.next()}.")

    def _campaign(self) -> None:
        Campaign.objects.get_or_create(
            slug="careers-festival",
            defaults={
                "name": "Careers festival",
                "starts_on": date.fromisoformat(self.calendar.one("w12 mon")),
                "ends_on": date.fromisoformat(self.calendar.one("w13 fri")),
            },
        )

    def _schools(self) -> None:
        self._import(SchoolResource, DATA / "schools.csv")
        self._import(FamilyResource, DATA / "family_of_schools.csv")
        self._import(GroupResource, DATA / "groups.csv", year=AcademicYear.of(self.calendar.today))

    def _import(self, resource_class: type[TableResource[Any, Any]], path: Path, **options: Any) -> None:
        text = self.calendar.resolve(path.read_text(encoding="utf-8-sig"))
        table = self._left_to_people(resource_class, resource_class.read(path.name, text.encode()))
        report = resource_class(user=self.officer, **options).run(table)
        self.reports.append(report)
        self.say(report.summary())
        for row in report.rows:
            if row.problems or row.outcome is Outcome.DUPLICATE:
                self.say("\n".join(row.lines()))

    def _left_to_people(self, resource_class: type[TableResource[Any, Any]], table: Table) -> Table:
        """Without the rows of what people have changed in the portal since: those are theirs by now."""
        model = PUBLISHABLE.get(resource_class)
        if model is None or self.officer is None:
            return table
        place, theirs = table.columns.index("reference"), written.in_hand(model, self.officer)
        rows = tuple(row for row in table.rows if row.cells[place] not in theirs)
        if len(rows) < len(table.rows):
            self.say(f"{table.name}: {len(table.rows) - len(rows)} left as people have changed it.")
        return replace(table, rows=rows)


def first_loaded_on() -> date | None:
    """The day on which the demonstration was first loaded, which is when its officer was made."""
    officer = people.find_user("officer")
    return timezone.localdate(officer.date_joined) if officer else None

"""Reading a partner's uploads: its own, and nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from opportunities.importing.services import is_stale
from opportunities.models import ImportRun
from partners.models import Partner
from taxonomy.resources import Outcome, Report, RowReport

ROWS_A_PAGE = 100
LATEST = 10
#: What a row becomes, on its tag; and of all such rows together.
TAGS = {
    Outcome.NEW: "New draft",
    Outcome.CHANGED: "Changed draft",
    Outcome.UNCHANGED: "As it is",
    Outcome.DUPLICATE: "Double",
    Outcome.REFUSED: "Left out",
}
COUNTED = {
    Outcome.NEW: "new drafts",
    Outcome.CHANGED: "drafts with changes",
    Outcome.UNCHANGED: "there already, just so",
    Outcome.DUPLICATE: "left out, because they double another",
    Outcome.REFUSED: "left out, with something to mend",
}
COLOURS = {Outcome.NEW: "green", Outcome.CHANGED: "blue", Outcome.DUPLICATE: "yellow", Outcome.REFUSED: "red"}


def uploads_of(partner: Partner) -> QuerySet[ImportRun]:
    """What a partner's people sent, the latest first."""
    return ImportRun.objects.filter(partner=partner).select_related("partner", "sent_by")


@dataclass(frozen=True, slots=True)
class Said:
    """One row as it is shown."""

    row: RowReport
    outcome: str
    colour: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How an upload stands."""

    run: ImportRun
    report: Report | None
    counts: Sequence[tuple[str, int]]
    to_write: int
    rows: Page[RowReport]
    said: Sequence[Said]
    stale: bool


def reading(run: ImportRun, page: str | None) -> Reading:
    """Reads the report of an upload, what wants attention first."""
    report = Report.from_json(run.report) if run.report else None
    rows = Paginator(report.remarkable_first if report else [], ROWS_A_PAGE).get_page(page)
    counts = [(COUNTED[outcome], number) for outcome, number in report.counts.items() if number] if report else []
    to_write = report.count(Outcome.NEW) + report.count(Outcome.CHANGED) if report else 0
    said = [Said(row, TAGS[row.outcome], COLOURS.get(row.outcome, "")) for row in rows]
    return Reading(run, report, counts, to_write, rows, said, is_stale(run))

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
#: What became of a row, in a partner's words: before anything is made, and afterwards.
WOULD = {
    Outcome.NEW: "would be a new draft",
    Outcome.CHANGED: "would be changed, as a draft",
    Outcome.UNCHANGED: "is there already, just so",
    Outcome.DUPLICATE: "doubles another",
    Outcome.REFUSED: "cannot be read",
}
DID = {
    Outcome.NEW: "a new draft",
    Outcome.CHANGED: "changed, as a draft",
    Outcome.UNCHANGED: "was there already, just so",
    Outcome.DUPLICATE: "doubles another: left out",
    Outcome.REFUSED: "could not be read: left out",
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
    words = WOULD if report is None or report.dry_run else DID
    counts = [(words[outcome], number) for outcome, number in report.counts.items() if number] if report else []
    to_write = report.count(Outcome.NEW) + report.count(Outcome.CHANGED) if report else 0
    said = [Said(row, words[row.outcome], COLOURS.get(row.outcome, "")) for row in rows]
    return Reading(run, report, counts, to_write, rows, said, is_stale(run))

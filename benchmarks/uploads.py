"""(i) A partner's table of opportunities: read, tried and made into drafts; rows a second.

It is measured on this run's SQLite database, through the resource that the task worker uses, and what it made is
taken out again.
"""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmarks.options import PARTS
from benchmarks.tables import Table

if TYPE_CHECKING:
    # They read models, for which Django must be set up first.
    from benchmarks.running import Run
    from partners.models import Partner

ROWS = 500
#: Every so many rows one is wrong, as in tables that people make.
WRONG_EVERY = 10
_NUMBER = "BENCHMARK"


def measure(run: Run) -> Table:
    """Reads a table of 500 rows, says what would happen, and makes the drafts."""
    from django.db import connection

    from opportunities.resources import PartnerOpportunityResource
    from partners.models import Partner

    table = Table("i", PARTS["i"], run.size)
    table.notes = (
        f"A CSV file of {ROWS} rows, one in {WRONG_EVERY} of them wrong. Dry run: every row is checked, nothing is written.",
        "Drafts made: each row in a transaction of its own, with its revision and its line in the history.",
    )
    partner = Partner.objects.filter(sites__isnull=False).order_by("pk")[0]
    _take_out(partner)
    data = "".join(_lines(partner)).encode()

    def timed(what: str, begun: tuple[float, float]) -> None:
        wall, cpu = time.perf_counter() - begun[0], time.process_time() - begun[1]
        table.add(what, connection.vendor, per_second=ROWS / wall, seconds=wall, our_seconds=cpu)

    try:
        begun = _now()
        read = PartnerOpportunityResource.read("benchmark.csv", data)
        timed("read", begun)
        for what, dry_run in (("dry run", True), ("drafts made", False)):
            begun = _now()
            report = PartnerOpportunityResource(partner=partner).run(read, dry_run=dry_run)
            timed(what, begun)
            # A table that is refused would look quick.
            if (made := sum(not row.problems for row in report.rows)) != ROWS - ROWS // WRONG_EVERY:
                raise RuntimeError(f"{made} of {ROWS} rows were taken: {report.rows[1].problems}.")
    finally:
        _take_out(partner)
    return table


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _lines(partner: Partner) -> Iterator[str]:
    """The table, a line at a time."""
    from taxonomy.models import Audience, FusionSkill, Sector

    audience, skill, sector = (model.objects.filter(active=True)[0].slug for model in (Audience, FusionSkill, Sector))
    site = partner.sites.all()[0].name
    header = (
        "reference", "title", "kind", "summary", "description", "site", "years", "audiences", "skills", "sectors",
        "timetable", "cost", "cost_amount", "cost_unit", "group_size",
    )  # fmt: skip
    yield _line(header)
    for number in range(ROWS):
        years = "9-7" if number % WRONG_EVERY == 0 else "7-9"
        yield _line(
            (
                f"{_NUMBER}-{number}", f"A measured day {number}", "visit", "Set a line of type and print it.",
                "A day at the press.\n\nIn pairs.", site, years, audience, f"{skill} | Choose words.", sector,
                "10:00 | Meet the press | See a sheet printed.", "paid", "4.00", "pupil", "10-30",
            )
        )  # fmt: skip


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _take_out(partner: Partner) -> None:
    """What this part made, now or in a run that was broken off."""
    from opportunities.models import Opportunity

    for made in Opportunity.objects.filter(offered_by=partner, reference__contains=f"/{_NUMBER}-").iterator():
        made.delete()

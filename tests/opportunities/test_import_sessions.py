"""Importing sessions."""

from datetime import UTC, datetime

import pytest
import time_machine

from opportunities.models import Opportunity, Session
from opportunities.resources import SessionResource
from opportunities.services import cancel_session
from taxonomy.resources import Report
from tests.factories import OpportunityFactory
from tests.factories.tables import as_workbook, everything, outbox, run, session_row, watch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def opportunity() -> Opportunity:
    return OpportunityFactory.create(reference="O1", availability="dated")


def outcomes(report: Report) -> list[str]:
    return [str(row.outcome) for row in report.rows]


def test_times_are_london_s_in_winter_and_in_summer() -> None:
    run(SessionResource, [session_row("2026-12-08"), session_row("08/06/2027")])
    winter, summer = Session.objects.order_by("starts")
    assert winter.starts == datetime(2026, 12, 8, 10, tzinfo=UTC)
    assert summer.starts == datetime(2027, 6, 8, 9, tzinfo=UTC)
    assert (winter.capacity, winter.taken, winter.waiting) == (30, 12, 0)


def test_the_same_file_again_changes_nothing() -> None:
    watch()
    rows = [session_row(), session_row(label="Relaxed"), session_row("2027-01-12", capacity="", taken="")]
    assert outcomes(run(SessionResource, rows)) == ["new"] * 3
    before = everything()
    assert outcomes(run(SessionResource, rows)) == ["unchanged"] * 3
    assert everything() == before


def test_places_and_ends_change_and_are_told_to_search() -> None:
    run(SessionResource, [session_row()])
    watch()
    report = run(SessionResource, [session_row(taken="30", waiting="4", ends="2026-12-08 15:00")])
    assert outcomes(report) == ["changed"]
    session = Session.objects.get()
    assert (session.taken, session.waiting, session.ends.hour) == (30, 4, 15)
    assert ("opportunities.session", session.pk) in outbox()


def test_a_dry_run_writes_nothing() -> None:
    before = everything()
    assert outcomes(run(SessionResource, [session_row()], dry_run=True)) == ["new"]
    assert everything() == before


def test_bad_rows_are_reported_and_stop_nothing() -> None:
    rows = [
        session_row("2026-12-01", opportunity="O7"),
        session_row("2026-12-02", ends="2026-12-02 09:00"),
        session_row("2026-12-03", taken="31"),
        session_row("2026-12-04", waiting="1"),
        session_row("2026-12-05", starts="2027-03-28 01:30"),
        session_row("2026-12-08"),
        session_row("2026-12-08"),
        session_row("2026-12-09", capacity="", waiting="2"),
    ]
    report = run(SessionResource, rows)
    assert outcomes(report) == [*["refused"] * 5, "new", "duplicate", "refused"]
    columns = [one.column for row in report.rows for one in row.problems]
    assert columns == ["opportunity", "ends", "taken", "waiting", "starts", "waiting"]


def test_a_workbook_with_real_dates_and_numbers_is_read() -> None:
    row = session_row() | {"starts": datetime(2026, 12, 8, 10), "ends": datetime(2026, 12, 8, 12), "capacity": 30}  # noqa: DTZ001  a spreadsheet's
    table = SessionResource.read("sessions.xlsx", as_workbook([row]))
    assert outcomes(SessionResource().run(table)) == ["new"]
    assert Session.objects.get().starts == datetime(2026, 12, 8, 10, tzinfo=UTC)


def test_a_formula_in_a_workbook_is_refused_by_row() -> None:
    table = SessionResource.read("sessions.xlsx", as_workbook([session_row(label="=1+1"), session_row("2026-12-09")]))
    report = SessionResource().run(table)
    assert outcomes(report) == ["refused", "new"]
    assert report.rows[0].problems[0].column == "label"


@time_machine.travel(datetime(2026, 11, 30, 12, tzinfo=UTC))
def test_a_cancelled_session_stays_cancelled() -> None:
    run(SessionResource, [session_row()])
    cancel_session(Session.objects.get(), "The press is broken.")
    assert outcomes(run(SessionResource, [session_row()])) == ["unchanged"]
    report = run(SessionResource, [session_row(capacity="60")])
    assert outcomes(report) == ["refused"]
    assert "has been cancelled" in report.rows[0].problems[0].reason
    assert Session.objects.get().is_cancelled

"""Importing through the CMS: who may, what they see before anything is written, and what is left behind."""

import io
import re
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from opportunities.importing import services, views
from opportunities.importing.template_files import csv_template
from opportunities.models import ImportRun, Opportunity
from partners.models import Partner
from partners.resources import PartnerResource
from taxonomy.resources.limits import MAX_BYTES
from tests.factories import AdministratorFactory, EditorFactory, OfficerFactory, PartnerMemberFactory, UserFactory
from tests.factories.tables import as_csv, everything, partner_row, placement_row
from tests.people import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private_folder(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def officer(client: Client) -> Client:
    sign_in(client, OfficerFactory.create())
    return client


def send(
    client: Client, data: bytes, table: str = "partners", name: str = "list.csv", **fields: str
) -> ImportRun | None:
    """Sends a file; the run that it made, or None if it was refused."""
    response = client.post(reverse("import"), {"table": table, "file": SimpleUploadedFile(name, data), **fields})
    return (
        ImportRun.objects.get(pk=int(re.findall(r"\d+", response["Location"])[0]))
        if response.status_code == 302
        else None
    )


def work() -> None:
    """What the task worker does with our tasks, within the test's own transaction."""
    for waiting in DBTaskResult.objects.filter(task_path__startswith="opportunities.tasks."):
        waiting.task.call(**waiting.args_kwargs["kwargs"])
        waiting.delete()


def page(client: Client, run: ImportRun) -> str:
    return client.get(reverse("import-run", args=[run.pk])).content.decode()


def files() -> list[Path]:
    return list(services.folder().glob("*"))


def test_nothing_is_written_before_an_officer_has_seen_it_and_said_yes(officer: Client) -> None:
    run = send(officer, as_csv([partner_row(), partner_row(2, kind="palace")]))
    assert run is not None
    assert not Partner.objects.exists()
    seen = page(officer, run)
    assert "Import 1 row" in seen
    assert "palace" in seen
    assert "One of" not in seen
    assert re.search(r"<td>5</td>.*not imported", seen, re.DOTALL)
    assert [stored.stat().st_mode & 0o077 for stored in files()] == [0]

    officer.post(reverse("import-confirm", args=[run.pk]))
    assert not Partner.objects.exists()
    assert "Look again" in page(officer, run)
    work()
    assert [partner.live for partner in Partner.objects.all()] == [False]
    done = page(officer, run)
    assert "1 new" in done
    assert "Look again" not in done
    assert files() == []


def test_a_second_yes_does_nothing(officer: Client) -> None:
    run = send(officer, as_csv([partner_row()]))
    assert run is not None
    for _ in range(2):
        officer.post(reverse("import-confirm", args=[run.pk]))
    work()
    assert Partner.objects.count() == 1
    officer.post(reverse("import-discard", args=[run.pk]))
    run.refresh_from_db()
    assert run.state == ImportRun.State.DONE


def test_a_long_file_is_read_by_the_task_worker_with_progress(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "READ_AT_ONCE", 1)
    monkeypatch.setattr(services, "PROGRESS_EVERY", timedelta(0))
    run = send(officer, as_csv([partner_row(n) for n in range(3)]))
    assert run is not None
    assert "0 of 3 rows" in page(officer, run)
    work()
    run.refresh_from_db()
    assert (run.state, run.rows_done) == (ImportRun.State.READ, 3)
    assert "Import 3 rows" in page(officer, run)


def test_publishing_through_the_screen_holds_what_must_be_held(officer: Client) -> None:
    for table, rows in (
        ("partners", [partner_row()]),
        ("opportunities", [placement_row(), placement_row(2, under_16="yes")]),
    ):
        run = send(officer, as_csv(rows), table, publish="on")
        assert run is not None
        officer.post(reverse("import-confirm", args=[run.pk]))
        work()
    assert run is not None
    assert list(Opportunity.objects.filter(live=True).values_list("reference", flat=True)) == ["O1"]
    assert "Held: a safeguarding question" in page(officer, run)


def test_a_file_thrown_away_is_deleted_and_nothing_of_it_imported(officer: Client) -> None:
    run = send(officer, as_csv([partner_row()]))
    assert run is not None
    officer.post(reverse("import-discard", args=[run.pk]))
    assert files() == []
    officer.post(reverse("import-confirm", args=[run.pk]))
    work()
    assert not Partner.objects.exists()
    assert "Nothing of it was imported" in page(officer, run)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7", "This is a PDF"),
        (b"", "The file is empty"),
        (b"a,b\n1,2\n", "names of the columns"),
        (b"x" * (MAX_BYTES + 1), "larger than 20 MB"),
    ],
)
def test_a_hostile_file_is_refused_on_the_page(officer: Client, data: bytes, reason: str) -> None:
    response = officer.post(reverse("import"), {"table": "partners", "file": SimpleUploadedFile("x.csv", data)})
    assert response.status_code == 200
    assert reason in response.content.decode()
    assert files() == []
    assert not ImportRun.objects.exists()


def test_what_a_file_says_is_shown_as_text(officer: Client) -> None:
    run = send(officer, as_csv([partner_row(name="<script>alert(1)</script>", kind="<b>")]), name="<img src=x>.csv")
    assert run is not None
    seen = page(officer, run)
    assert "<script>alert(1)" not in seen
    assert "<img src=x>" not in seen


@pytest.mark.parametrize("make", [UserFactory, EditorFactory, PartnerMemberFactory])
def test_nobody_else_gets_in(client: Client, make: type[UserFactory]) -> None:
    run = ImportRun.objects.create(table="partners", file_name="x")
    sign_in(client, make.create())
    for name, args in (("import", []), ("import-run", [run.pk]), ("import-template", ["partners", "csv"])):
        assert client.get(reverse(name, args=args)).status_code == 302
    for name in ("import-confirm", "import-discard"):
        assert client.post(reverse(name, args=[run.pk])).status_code == 302
    assert "admin/import/" not in client.get("/admin/").content.decode()


def test_officers_and_administrators_find_it_in_the_menu(client: Client) -> None:
    for make in (OfficerFactory, AdministratorFactory):
        sign_in(client, make.create())
        assert "/admin/import/" in client.get("/admin/").content.decode()
        assert client.get(reverse("import")).status_code == 200


def test_looking_changes_nothing(officer: Client) -> None:
    run = send(officer, as_csv([partner_row()]))
    assert run is not None
    before = everything()
    page(officer, run)
    assert officer.get(reverse("import-confirm", args=[run.pk])).status_code == 405
    assert officer.get(reverse("import-discard", args=[run.pk])).status_code == 405
    assert everything() == before


@pytest.mark.parametrize("table", ImportRun.Table.values)
def test_templates_hold_every_column_and_can_be_sent_back_filled_in(officer: Client, table: str) -> None:
    resource = services.RESOURCES[table]
    headings = [column.heading for column in resource.fields.values()]
    text = officer.get(reverse("import-template", args=[table, "csv"])).content.decode("utf-8-sig")
    assert text.strip().split(",") == headings
    book = openpyxl.load_workbook(io.BytesIO(officer.get(reverse("import-template", args=[table, "xlsx"])).content))
    rows, meaning = book.worksheets
    assert [cell.value for cell in rows[1]] == headings
    assert [row[0].value for row in meaning.iter_rows(min_row=2)] == headings
    assert all(row[2].value for row in meaning.iter_rows(min_row=2))


def test_the_template_of_partners_reads_as_a_table() -> None:
    text = csv_template(PartnerResource).decode("utf-8-sig") + "P1,Print room,cultural,A shop.\n"
    assert PartnerResource.read("x.csv", text.encode()).rows[0].cells[:2] == ("P1", "Print room")


def test_files_and_reports_do_not_stay(officer: Client) -> None:
    run = send(officer, as_csv([partner_row()]))
    assert run is not None
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        services.clear()
        run.refresh_from_db()
        assert (run.state, run.stored_as, files()) == (ImportRun.State.DISCARDED, "", [])
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        services.clear()
    assert not ImportRun.objects.exists()


def test_a_run_that_does_not_move_says_so(officer: Client) -> None:
    run = send(officer, as_csv([partner_row()]))
    assert run is not None
    services.confirm(run)
    ImportRun.objects.update(moved_at=timezone.now() - timedelta(minutes=11))
    assert "Nothing has moved for ten minutes" in page(officer, run)


def test_a_fault_is_told_and_the_file_deleted(officer: Client) -> None:
    run = send(officer, as_csv([partner_row()]))
    assert run is not None
    services.confirm(run)
    files()[0].unlink()
    services.carry_out(run)
    assert run.state == ImportRun.State.FAILED
    assert "fault in Find Fusion" in page(officer, run)

"""What the tests of uploads share: somebody of a partner who sends tables, and rows of such a table."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult

from opportunities.importing import services
from opportunities.models import ImportRun
from partners.models import Partner
from tests.directory.reading import Page
from tests.factories import PartnerFactory, PartnerMemberFactory, SiteFactory
from tests.factories.tables import Row, as_csv, opportunity_row, placement_row
from tests.people import sign_in

SITE = "The print room"


def own_row(number: int = 1, **cells: str) -> dict[str, str]:
    """A row of a partner's table that lacks nothing, unlike every other number."""
    row = opportunity_row(number, site=SITE, **cells)
    return {name: cell for name, cell in row.items() if name != "partner" or "partner" in cells}


def own_placement_row(number: int = 1, **cells: str) -> dict[str, str]:
    """The same of a placement."""
    row = placement_row(number, site=SITE, **cells)
    return {name: cell for name, cell in row.items() if name != "partner"}


def results(run: ImportRun) -> list[dict[str, Any]]:
    """What became of each row, in the order of the file."""
    assert run.report is not None
    found: list[dict[str, Any]] = run.report["rows"]
    return found


def outcomes(run: ImportRun) -> list[str]:
    """The same in one word each."""
    return [row["outcome"] for row in results(run)]


def work() -> None:
    """What the task worker does with our tasks, within the test's own transaction."""
    for waiting in DBTaskResult.objects.filter(task_path__startswith="opportunities.tasks."):
        waiting.task.call(**waiting.args_kwargs["kwargs"])
        waiting.delete()


def files() -> list[Path]:
    """The files that wait."""
    return list(services.folder().glob("*"))


class Sender:
    """Somebody who sends tables for a partner with one site."""

    def __init__(self, client: Client, **fields: Any) -> None:
        self.client = client
        self.partner: Partner = PartnerFactory.create(**fields)
        SiteFactory.create(partner=self.partner, name=SITE, postcode="E1 6AN")
        self.user = sign_in(client, PartnerMemberFactory.create(partner=self.partner))

    @property
    def address(self) -> str:
        """Where tables are sent."""
        return f"/portal/{self.partner.pk}/upload/"

    def post(self, data: bytes, name: str = "offers.csv") -> Any:
        """Sends a file as a browser does."""
        return self.client.post(self.address, {"file": SimpleUploadedFile(name, data)})

    def send(self, rows: Sequence[Row], name: str = "offers.csv") -> ImportRun:
        """Sends rows that are taken."""
        response = self.post(as_csv(rows), name)
        assert response.status_code == 302, Page(response).text
        return ImportRun.objects.get(pk=int(re.findall(r"\d+", response["Location"])[-1]))

    def page(self, run: ImportRun, **query: str) -> Page:
        """The page of an upload."""
        return Page(self.client.get(f"{self.address}{run.pk}/", query))

    def confirm(self, run: ImportRun) -> None:
        """Says yes, and lets the task worker do it."""
        assert self.client.post(f"{self.address}{run.pk}/confirm/").status_code == 302
        work()
        run.refresh_from_db()

    def upload(self, rows: Sequence[Row]) -> ImportRun:
        """Sends rows and says yes."""
        run = self.send(rows)
        if run.state == ImportRun.State.READING:
            work()
        self.confirm(run)
        return run

"""The results of a search as a spreadsheet."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from engagement.models import Event
from search.vocabulary import forget_vocabulary
from tests.directory.reading import Page
from tests.factories import OpportunityFactory, PartnerFactory, SessionFactory

# Plain reading by the ORM: nothing that could differ between databases.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_only]

Build = Callable[[], None]
Sheet = list[tuple[Any, ...]]


def sheets(client: Client, **params: Any) -> tuple[dict[str, str], Sheet, Any]:
    """What is said of the search, the rows of results, and the answer."""
    response = client.get("/search/results.xlsx", params)
    assert response.status_code == 200
    book = load_workbook(io.BytesIO(response.content))
    said = {str(row[0]): str(row[1]) for row in book.worksheets[0].iter_rows(values_only=True)}
    return said, list(book.worksheets[1].iter_rows(values_only=True)), response


def test_each_result_is_a_row_with_what_a_teacher_needs(client: Client, index: Build, settings: LazySettings) -> None:
    settings.SITE_URL = "https://find.example"
    session = SessionFactory.create(
        in_days=14, capacity=30, taken=21,
        opportunity__title="Set, ink, pull", opportunity__kind="visit", opportunity__years=(7, 9),
        opportunity__audiences=["ks3"], opportunity__skills=["creativity"], opportunity__postcode="EC2Y 8DS",
    )  # fmt: skip
    index()
    said, (headings, row), response = sheets(client, q="ink", near="E17", kind="visit")
    found = dict(zip(headings, row, strict=True))
    assert found["Title"] == "Set, ink, pull"
    assert found["Kind"] == "Cultural visit or workshop"
    assert found["Partner"] == session.opportunity.offered_by.name
    assert found["Next date"].date() == timezone.localdate() + timedelta(days=14)
    assert 3 < found["Miles away"] < 8
    assert found["Places"] == "9 of 30 places left"
    assert found["For whom"] == "KS3, Years 7 to 9"
    assert found["Fusion skills"] == "Creativity"
    assert found["Page"] == f"https://find.example{session.opportunity.get_absolute_url()}"
    assert said["Find Fusion"] == "1 opportunity for ink"
    assert (said["Words"], said["Near"], said["Kind"]) == ("ink", "E17", "Cultural visit or workshop")
    assert str(timezone.localdate().year) in said["As of"]
    assert "attachment" in response["Content-Disposition"]
    assert response["X-Robots-Tag"] == "noindex"


def test_it_holds_all_pages_and_the_page_leads_there_without_a_token(client: Client, index: Build) -> None:
    partner = PartnerFactory.create()
    for n in range(23):
        OpportunityFactory.create(title=f"Walk {n:02}", offered_by=partner)
    index()
    page = Page(client.get("/search/", {"q": "walk", "page": "2", "sort": "newest"}))
    address = page.links["These results as a spreadsheet"]
    assert address == "/search/results.xlsx?q=walk&sort=newest"
    Event.objects.all().delete()
    _, rows, _ = sheets(client, q="walk", page="2", s="stale")
    assert len({row[0] for row in rows[1:]}) == len(rows) - 1 == 23
    assert not Event.objects.exists()


def test_more_than_pages_can_show_is_said_inside(client: Client, index: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    OpportunityFactory.create_batch(25, title="Walk", offered_by=PartnerFactory.create())
    index()
    # As if one page were the last that can be turned.
    monkeypatch.setattr("search.results.LAST_PAGE", 1)
    monkeypatch.setattr("directory.sheet.LAST_PAGE", 1)
    said, rows, _ = sheets(client, q="walk")
    assert len(rows) == 1 + 20
    assert said["Not all"] == "This holds the first 20 of 25. Narrow your search to have the rest."


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+44 20 7946", "-1", "@SUM(A1)", "＝1+1"])
def test_text_that_a_spreadsheet_would_run_is_marked_and_is_text(client: Client, index: Build, title: str) -> None:
    OpportunityFactory.create(title=title)
    index()
    response = client.get("/search/results.xlsx")
    cell = load_workbook(io.BytesIO(response.content)).worksheets[1]["A2"]
    assert (cell.value, cell.data_type) == (f"'{title}", "s")
    said, _, _ = sheets(client, q=title)
    assert not said.get("Words", "'").startswith(("=", "+", "-", "@"))


def test_a_full_postcode_sends_on_and_nonsense_is_left_out(client: Client, index: Build) -> None:
    OpportunityFactory.create(title="Walk", availability="always")
    index()
    response = client.get("/search/results.xlsx", {"near": "EC2Y 8DS"})
    assert (response.status_code, response["Location"]) == (302, "/search/results.xlsx?near=EC2Y")
    _, rows, _ = sheets(client, kind="picnic", within="4", **{"from": "never"})
    assert len(rows) == 2


def test_without_an_index_it_says_so_as_a_page(client: Client, settings: LazySettings, tmp_path: Any) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path / "none"
    forget_vocabulary()
    response = client.get("/search/results.xlsx", {"q": "walk"})
    assert response.status_code == 503
    assert Page(response).value("q") == "walk"

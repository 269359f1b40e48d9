"""Who may keep an answer and for how long, by kind of page; and that an unchanged one is not sent twice."""

import gzip
import logging
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from engagement.models import Event
from findfusion.logs import WithoutQueries
from search.engines.embedded.store import EmbeddedStore
from search.services import rebuild
from tests.factories import OfficerFactory, OpportunityFactory, PartnerFactory
from tests.people import sign_in

# Plain reading by the ORM: nothing that could differ between databases.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_only]

PRIVATE = {"private", "max-age=0"}
AN_HOUR = {"public", "max-age=3600"}
NEVER = {"private", "no-store"}


def kept(response: Any) -> set[str]:
    return {each.strip() for each in response.headers["Cache-Control"].split(",")}


def varies(response: Any) -> set[str]:
    return {each.strip() for each in response.headers.get("Vary", "").split(",") if each.strip()}


@pytest.fixture
def addresses(settings: Any, tmp_path: Path) -> dict[str, str]:
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    opportunity = OpportunityFactory.create(title="Clay and ink", offered_by=PartnerFactory.create())
    rebuild(EmbeddedStore(settings.SEARCH_INDEX_DIR))
    return {
        "opportunity": opportunity.get_absolute_url(),
        "moved": f"/opportunities/{opportunity.pk}-another-name/",
        "partner": opportunity.offered_by.get_absolute_url(),
    }


@pytest.mark.parametrize(
    "page",
    ["/", "/search/", "/search/?q=clay", "/partners/", "/guides/", "/not-here/", "opportunity", "partner", "moved"],
)
def test_a_page_is_kept_by_the_visitors_own_browser_only(client: Client, addresses: dict[str, str], page: str) -> None:
    response = client.get(addresses.get(page, page))
    assert kept(response) == PRIVATE
    if response.status_code == 200:
        # The header shows who is signed in.
        assert "Cookie" in varies(response)


def test_a_page_for_somebody_signed_in_is_kept_by_nobody_else_either(client: Client, addresses: dict[str, str]) -> None:
    sign_in(client, OfficerFactory.create())
    for page in ("/", "/search/?q=clay", addresses["opportunity"]):
        response = client.get(page)
        assert kept(response) == PRIVATE
        assert "Cookie" in varies(response)


@pytest.mark.parametrize("page", ["/admin/", "/admin/snippets/partners/partner/", "/admin/no-such-page/"])
@pytest.mark.parametrize("signed_in", [True, False])
def test_the_cms_is_kept_by_nobody(client: Client, page: str, signed_in: bool) -> None:
    if signed_in:
        sign_in(client, OfficerFactory.create())
    assert kept(client.get(page)) == NEVER


@pytest.mark.parametrize("page", ["/sign-in/", "/health/"])
def test_what_is_true_for_the_moment_only_is_kept_by_nobody(client: Client, page: str) -> None:
    assert "no-store" in kept(client.get(page))


@pytest.mark.parametrize("page", ["/robots.txt", "/sitemap.xml", "/sitemap-opportunities.xml"])
def test_what_is_the_same_for_everybody_is_kept_by_anybody_for_an_hour(client: Client, page: str) -> None:
    response = client.get(page)
    assert kept(response) == AN_HOUR
    assert varies(response) <= {"Accept-Encoding"}


def test_a_search_differs_for_htmx(client: Client, addresses: dict[str, str]) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        assert "HX-Request" in varies(client.get("/search/?q=clay", headers=headers))


@pytest.mark.parametrize("page", ["/", "/partners/", "/guides/", "/search/", "/robots.txt", "opportunity", "partner"])
def test_an_unchanged_page_is_not_sent_again(client: Client, addresses: dict[str, str], page: str) -> None:
    address = addresses.get(page, page)
    compressed = {"Accept-Encoding": "gzip"}
    first = client.get(address, headers=compressed)
    assert first.status_code == 200
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"], **compressed})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"].removeprefix("W/") == first.headers["ETag"].removeprefix("W/")
    assert kept(again) == kept(first)
    assert again.headers.get("Vary", "") in first.headers.get("Vary", "")


def test_a_changed_page_is_sent_again(client: Client, addresses: dict[str, str]) -> None:
    mark = client.get(addresses["partner"]).headers["ETag"]
    OpportunityFactory.create(offered_by_id=int(addresses["partner"].split("/")[2].split("-")[0]))
    assert client.get(addresses["partner"], headers={"If-None-Match": mark}).status_code == 200


def test_a_visit_that_finds_the_page_unchanged_counts_like_any_other(client: Client, addresses: dict[str, str]) -> None:
    mark = client.get(addresses["opportunity"]).headers["ETag"]
    seen = Event.objects.count()
    assert client.get(addresses["opportunity"], headers={"If-None-Match": mark}).status_code == 304
    assert Event.objects.count() == 2 * seen > 0


def test_a_page_travels_compressed_and_pads_itself_against_guessing(client: Client) -> None:
    plain = client.get("/")
    sizes = set()
    for _ in range(12):
        response = client.get("/", headers={"Accept-Encoding": "gzip, br"})
        assert response.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in varies(response)
        assert gzip.decompress(response.content) == plain.content
        assert len(response.content) < len(plain.content) / 3
        sizes.add(len(response.content))
    assert len(sizes) > 1


def test_a_document_is_not_compressed_again_and_not_sent_twice(client: Client) -> None:
    document = get_document_model().objects.create(title="Form", file=ContentFile(b"%PDF-1.4 " * 90, name="form.pdf"))
    first = client.get(document.url, headers={"Accept-Encoding": "gzip"})
    # Wagtail's own view says "None" where a file has no encoding, which browsers pass over.
    assert first.headers.get("Content-Encoding") != "gzip"
    assert int(first.headers["Content-Length"]) == 9 * 90
    assert b"".join(first.streaming_content) == b"%PDF-1.4 " * 90  # type: ignore[attr-defined]
    assert client.get(document.url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_a_picture_is_handed_out_as_it_was_cut_and_the_upload_is_not(client: Client) -> None:
    upload = BytesIO()
    Picture.new("RGB", (400, 300), (120, 40, 90)).save(upload, "PNG")
    image = get_image_model().objects.create(title="The press", file=ContentFile(upload.getvalue(), "press.png"))
    cut = image.get_rendition("fill-40x30")
    response = client.get(cut.url)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/png"
    assert kept(response) == {"public", "max-age=86400"}
    assert varies(response) == set()
    unchanged = client.get(cut.url, headers={"If-Modified-Since": response.headers["Last-Modified"]})
    assert unchanged.status_code == 304
    assert client.get(image.file.url).status_code == 404
    for name in ("../original_images/press.png", "..%2Foriginal_images%2Fpress.png", "x" * 5000, ".", "%2e%2e", "é%FF"):
        assert client.get(f"/media/images/{name}").status_code == 404, name


def test_files_with_a_hash_in_their_name_are_kept_for_good(tmp_path: Path, settings: Any) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "page.css").write_text("a { color: red }\n" * 50)
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "gathered"
    settings.WHITENOISE_AUTOREFRESH = False
    settings.WHITENOISE_USE_FINDERS = False
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", "--no-input", verbosity=0)
    (name,) = (each.name for each in settings.STATIC_ROOT.glob("page.*.css"))
    client = Client()
    for encoding in ("br", "gzip"):
        response = client.get(f"/static/{name}", headers={"Accept-Encoding": encoding})
        assert response.status_code == 200
        assert response.headers["Content-Encoding"] == encoding
        assert varies(response) == {"Accept-Encoding"}
        assert {"public", "immutable"} < kept(response)
        (age,) = (int(each.partition("=")[2]) for each in kept(response) if each.startswith("max-age"))
        assert age >= 365 * 24 * 60 * 60
        b"".join(response.streaming_content)  # type: ignore[attr-defined]
        response.close()


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ('"GET /search/?q=my+secret HTTP/1.1" 200 5', '"GET /search/ HTTP/1.1" 200 5'),
        ("Error handling request /search/?q=my%20secret&near=E1", "Error handling request /search/"),
        ("from https://findfusion.example.org/search/?q=secret.", "from https://findfusion.example.org/search/"),
        ("Invalid HTTP request line: 'GET /?q=secret HTTP/x'", "Invalid HTTP request line: 'GET / HTTP/x'"),
        ("Not Found: /search/ Why? Nobody knows.", "Not Found: /search/ Why? Nobody knows."),
    ],
)
def test_a_line_of_the_log_loses_queries_and_nothing_else(said: str, written: str) -> None:
    record = logging.LogRecord("any", logging.ERROR, __file__, 1, "%s", (said,), None)
    assert WithoutQueries().format(record) == written


def test_no_query_reaches_the_log_whatever_goes_wrong(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client.raise_request_exception = False
    caplog.set_level(logging.DEBUG)
    caplog.handler.setFormatter(WithoutQueries("%(levelname)s %(name)s %(message)s"))

    def broken(*_: Any) -> Any:
        raise RuntimeError("it broke on the way to /search/?q=mysecret&near=E1")

    assert client.get("/not-here/?q=mysecret").status_code == 404
    assert client.get("/search/?q=mysecret%00").status_code == 400
    assert client.post("/search/?q=mysecret").status_code == 405
    assert client.get("/search/?q=mysecret", headers={"Host": "elsewhere.example"}).status_code == 400
    monkeypatch.setattr("directory.selectors.facet_labels", broken)
    assert client.get("/search/?q=mysecret").status_code == 500
    assert "Internal Server Error: /search/" in caplog.text
    assert "Traceback" in caplog.text
    assert "mysecret" not in caplog.text
    # That is how the site itself is set up.
    assert settings.LOGGING["formatters"]["plain"]["()"] == "findfusion.logs.WithoutQueries"
    assert {each["formatter"] for each in settings.LOGGING["handlers"].values()} == {"plain"}

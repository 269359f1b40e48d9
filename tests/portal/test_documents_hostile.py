"""Files that must not be taken: each is refused with a reason that says what to do, and nothing of it stays."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from partners.documents import examining
from partners.documents.reading.content import LARGEST_BYTES
from partners.models import AssuranceDocument, Partner
from tests.factories import PartnerFactory, PartnerMemberFactory
from tests.people import sign_in
from tests.portal import made_files as made
from tests.portal.sending import lying_in, only_document, place_of, said_of_the_file, send

# What a file holds is read the same way whichever the database.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_only]

NOT_ONE = "not a PDF and not a photograph"
OTHER = "which is not taken"
NAME = "whose name ends like this"
PIXELS = "more than 50 million pixels"
DAMAGED = "did not arrive whole"
BEHIND = "behind its end"
SCRIPT = "holds a script"
OPENS = "opens or sends something by itself"
FILES = "holds other files"
LOCKED = "locked by a password"
DBS = "We never keep those"
EICAR = b"X5O!P%@AP[4" + b"\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"\n\n<!DOCTYPE html><script>alert(document.cookie)</script>"
DBS_WORDS = "Enhanced Certificate\nDisclosure and Barring Service\nCertificate Number 001234567890"

# What it is -> the name that it comes with, how it is made, what is said.
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a Windows program as a PDF": ("certificate.pdf", lambda: b"MZ" + bytes(200), "This is a program"),
    "a Linux program as a photograph": ("certificate.jpg", lambda: b"\x7fELF" + bytes(200), "This is a program"),
    "a shell script as a PDF": ("certificate.pdf", lambda: b"#!/bin/sh\nrm -rf ~", "This is a program"),
    "a web page as a photograph": ("certificate.jpg", lambda: HTML, "a web page or a drawing"),
    "a drawing with a script as a picture": ("certificate.png", lambda: SVG, "a web page or a drawing"),
    "a drawing with a script": ("certificate.svg", lambda: SVG, NAME),
    "an archive as a PDF": ("certificate.pdf", lambda: made.archive("a.pdf"), "an archive of files"),
    "a text document as a PDF": ("certificate.pdf", lambda: made.archive("[Content_Types].xml"), "office document"),
    "a text document with macros": (
        "certificate.pdf",
        lambda: made.archive("[Content_Types].xml", "word/vbaProject.bin"),
        "holds macros",
    ),
    "a workbook with macros": ("certificate.xlsm", lambda: made.archive("xl/vbaProject.bin"), NAME),
    "an old text document": ("certificate.pdf", lambda: OLE, "office document"),
    "rich text": ("certificate.pdf", lambda: b"{\\rtf1 {\\object}}", "office document"),
    "a known test for virus scanners": ("certificate.pdf", lambda: EICAR, NOT_ONE),
    "noise": ("certificate.pdf", lambda: bytes(range(255, 0, -1)) * 9, NOT_ONE),
    "nothing": ("certificate.pdf", lambda: b"", "is empty"),
    "a PDF that is too large": ("certificate.pdf", lambda: made.pdf() + bytes(LARGEST_BYTES), "larger than 10 MB"),
    "a film of 15 MB": ("certificate.heic", lambda: b"\0\0\0\x18ftypmp42" + bytes(15 << 20), "larger than 10 MB"),
    "a film as a photograph": ("certificate.heic", lambda: b"\0\0\0\x18ftypmp42" + bytes(900), OTHER),
    "a PNG that says it is huge": ("certificate.png", lambda: made.png(100_000, 100_000, rows=False), PIXELS),
    "a PNG that unpacks to 52 million pixels": ("certificate.png", lambda: made.png(7_500, 7_000), PIXELS),
    "a PNG a pixel high": ("certificate.png", lambda: made.png(2_000_000, 1), PIXELS),
    "a PNG with words that unpack to 80 MB": ("certificate.png", lambda: made.wordy_png(80_000_000), DAMAGED),
    "a JPEG that says it is huge": ("certificate.jpg", made.jpeg_that_says_it_is_huge, PIXELS),
    "a HEIC that says it is huge": ("certificate.heic", made.heic_that_says_it_is_huge, PIXELS),
    "a moving GIF": ("certificate.jpg", lambda: made.moving("GIF"), OTHER),
    "a moving PNG": ("certificate.png", lambda: made.moving("PNG"), "a moving picture"),
    "a WebP": ("certificate.jpg", lambda: made.picture("WEBP"), OTHER),
    "a TIFF": ("certificate.jpg", lambda: made.picture("TIFF"), OTHER),
    "a picture that is a script, too": ("certificate.jpg", lambda: b"GIF89a/*" + bytes(99) + b"*/=alert(1)", OTHER),
    "a picture of one pixel": ("certificate.jpg", lambda: made.picture(size=(1, 1)), "too small to be read"),
    "half a JPEG": ("certificate.jpg", lambda: made.picture("JPEG")[:9_000], DAMAGED),
    "half a PNG": ("certificate.png", lambda: made.picture("PNG")[:9_000], DAMAGED),
    "half a HEIC": ("certificate.heic", lambda: made.picture("HEIF")[:2_000], DAMAGED),
    "a PNG with a wrong check sum": ("certificate.png", lambda: made.with_a_bit_turned(made.picture("PNG")), DAMAGED),
    "half a PDF": ("certificate.pdf", lambda: made.pdf()[:300], DAMAGED),
    "a PDF behind a web page": ("certificate.pdf", lambda: HTML + made.pdf(), "a web page or a drawing"),
    "a PDF before a web page": ("certificate.pdf", lambda: made.pdf() + HTML, BEHIND),
    "a PDF that is an archive, too": ("certificate.pdf", lambda: made.pdf() + made.archive("a.exe"), BEHIND),
    "a PDF with a script": ("certificate.pdf", lambda: made.acting(S="/JavaScript", JS="app.alert(1)"), SCRIPT),
    "a PDF with a named script": ("certificate.pdf", made.scripted_by_name, SCRIPT),
    "a PDF with a script in a stream": ("a.pdf", lambda: made.hidden_in_a_stream(made.SCRIPT_OBJECT), SCRIPT),
    "a PDF with a script spelt in numbers": (
        "certificate.pdf",
        lambda: made.with_loose_object(b"77 0 obj\n<< /S /J#61vaScript /J#53 (x) >>\nendobj\n"),
        SCRIPT,
    ),
    "a PDF with a form that is a program": ("certificate.pdf", made.form_in_xml, SCRIPT),
    "a PDF that starts a program": ("certificate.pdf", lambda: made.acting(S="/Launch", F="cmd.exe"), OPENS),
    "a PDF that sends a form": ("certificate.pdf", lambda: made.acting(S="/SubmitForm", F="https://x.example"), OPENS),
    "a PDF with a file in it": ("certificate.pdf", made.attached, FILES),
    "a PDF with a file pinned to its page": ("certificate.pdf", made.pinned, FILES),
    "a PDF with a password": ("certificate.pdf", lambda: made.locked("secret"), LOCKED),
    "a PDF that may only be printed": ("certificate.pdf", lambda: made.locked(""), LOCKED),
    "a PDF of too many pages": ("certificate.pdf", lambda: made.pdf(61), "has 61 pages"),
    "a PDF that unpacks to 200 MB": (
        "certificate.pdf",
        lambda: made.unpacking_to(200_000_000),
        "far larger than it looks",
    ),
    "a PDF by a program's name": ("certificate.pdf.exe", made.pdf, NAME),
    "a PDF with a program's ending before its own": ("certificate.exe.pdf", made.pdf, NAME),
    "a name written from right to left": ("certificate\u202efdp.exe", made.pdf, NAME),
    "a name with a NUL": ("certificate.pdf\x00.exe", made.pdf, NAME),
    "a name that is a path": ("../../../etc/cron.d/job.sh", made.pdf, NAME),
    "a DBS certificate by its name": ("Robin Hale DBS.jpg", made.picture, DBS),
    "a DBS certificate by its words": ("certificate.pdf", lambda: made.pdf(text=DBS_WORDS), DBS),
}


@pytest.fixture
def partner(client: Client) -> Partner:
    partner = PartnerFactory.create()
    sign_in(client, PartnerMemberFactory.create(partner=partner))
    return partner


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason_and_leaves_nothing(
    client: Client, partner: Partner, private: Path, case: str
) -> None:
    name, make, reason = HOSTILE[case]
    answer = send(client, partner, name, make())
    assert answer.status_code == 200
    assert reason in said_of_the_file(answer)
    assert not AssuranceDocument.objects.exists()
    assert lying_in(private) == []


def test_what_the_browser_says_it_is_decides_nothing(client: Client, partner: Partner, private: Path) -> None:
    send(client, partner, "certificate.pdf", made.picture(), mime="text/html")
    document = only_document()
    assert document.media_type == "image/jpeg"
    answer = client.get(reverse("portal-document-file", args=[partner.pk, document.key]))
    assert answer["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    "name",
    ["../../../x.pdf", "..\\..\\x.pdf", "/etc/passwd.pdf", "a" * 900 + ".pdf", "x\u202e.pdf", "%2e%2e%2fx.pdf", ".pdf"],
)
def test_a_name_is_never_used_for_storing(client: Client, partner: Partner, private: Path, name: str) -> None:
    send(client, partner, name, made.pdf())
    (path,) = lying_in(private)
    assert path == place_of(only_document())
    assert len(path.stem) == 40
    assert set(path.stem) <= set("0123456789abcdef")
    assert lying_in(private.parent) == [path], "nowhere else"


def test_what_is_much_too_long_is_not_listened_to(client: Client, partner: Partner, private: Path) -> None:
    """A request says how long it is; beyond a point nobody reads on, and the page still says why."""
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + bytes(4096)
    answer = client.post(
        f"/portal/{partner.pk}/documents/",
        data=body,
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(900 * 1024 * 1024),
        **{"wsgi.input": BytesIO(body)},  # type: ignore[arg-type]  # part of the environment
    )
    assert "larger than 10 MB" in said_of_the_file(answer)
    assert lying_in(private) == []


def test_a_file_that_breaks_its_reader_breaks_nothing_else(
    client: Client, partner: Partner, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for broken in ("nowhere", "time"):  # one that dies at once, one that never answers
        monkeypatch.setattr(examining, "READER", broken if broken == "nowhere" else "http.server")
        monkeypatch.setattr(examining, "PATIENCE_SECONDS", 2)
        answer = send(client, partner, "certificate.pdf", made.pdf())
        assert "took too long to read, or is damaged" in said_of_the_file(answer)
    assert lying_in(private) == []

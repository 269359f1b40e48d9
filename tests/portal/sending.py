"""Sending documents as a partner's person does it, and looking at what lies in their folder."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from partners.models import AssuranceDocument, Partner


def next_year() -> str:
    """A last day that nobody objects to, as a browser sends it."""
    return f"{timezone.localdate() + timedelta(days=365):%Y-%m-%d}"


def send(
    client: Client, partner: Partner, name: str, content: bytes, mime: str = "application/pdf", **more: str
) -> Any:
    """The answer to a form with this file; by default public liability insurance that holds for a year."""
    fields = {"what": "public_liability", "expires": next_year(), **more}
    file = SimpleUploadedFile(name, content, content_type=mime)
    return client.post(f"/portal/{partner.pk}/documents/", {**fields, "file": file})


def said_of_the_file(answer: Any) -> str:
    """What stands by the field of the file."""
    found = BeautifulSoup(answer.content.decode(), "html.parser").select_one("#file-error")
    return found.get_text(" ", strip=True).removeprefix("Error: ") if found else ""


def lying_in(folder: Path) -> list[Path]:
    """The files below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def place_of(document: AssuranceDocument) -> Path:
    """Where its file lies."""
    return Path(document.file.path)


def only_document() -> AssuranceDocument:
    """The one document that there is."""
    return AssuranceDocument.objects.get()

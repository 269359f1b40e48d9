"""Two documents of a partner of the demonstration: one that waits for an officer, one that came back."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

from django.db import transaction
from PIL import Image, ImageDraw, ImageFont

from accounts.models import User
from partners.documents.services import give_back, send_document
from partners.models import AssuranceKind

from .people import find_user

PAPER, TABLE, INK = "#fbf8f1", "#7a5c45", "#24152b"
# What it is, its title, and how many pixels of it are not on the photograph: then it comes back.
PAPERS = (
    (AssuranceKind.PUBLIC_LIABILITY, "Certificate of public liability insurance", 640),
    (AssuranceKind.RISK_ASSESSMENT, "Risk assessment: a day in the print room", 0),
)
REASON = "The last day is cut off at the edge of the photograph. Lay the paper flat and take in all of it."


def send(officer: User, today: date) -> int:
    """Sends both as the partner's owner would, unless any were sent; how many."""
    owner = find_user("partner-owner")
    membership = owner.partner_memberships.first() if owner else None
    if owner is None or membership is None or membership.partner.documents.exists():
        return 0
    partner, last_day = membership.partner, today + timedelta(days=365)
    with transaction.atomic():
        for kind, title, crop in PAPERS:
            photograph = _photographed(title, partner.name, f"Holds until {last_day:%-d %B %Y}", crop)
            document = send_document(partner, owner, kind, name="IMG_0001.JPG", content=photograph, expires=last_day)
            if crop:
                give_back(document, officer, REASON)
    return len(PAPERS)


def _photographed(title: str, name: str, last_line: str, crop: int) -> bytes:
    """A sheet of paper on a table; so many pixels of it, from below, are not on the picture."""
    picture = Image.new("RGB", (1200, 1600), TABLE)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((90, 90, 1110, 1510), fill=PAPER)
    lines = [title, name, "Fictional: made for the demonstration.", *[""] * 9, last_line]
    for number, line in enumerate(lines):
        draw.text((150, 170 + number * 90), line, fill=INK, font=ImageFont.load_default(44 if number else 50))
    out = BytesIO()
    picture.crop((0, 0, 1200, 1600 - crop)).save(out, "JPEG")
    return out.getvalue()

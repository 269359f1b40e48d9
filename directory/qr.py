"""The short address of an opportunity as it stands on paper, and the code that opens it on a telephone."""

from html import escape

import segno
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from opportunities.models import Opportunity


def paper_address(opportunity: Opportunity, site_url: str) -> str:
    """Short enough to be typed, and the same for everybody: nothing in it says who printed it."""
    return f"{site_url}{reverse('paper', args=[opportunity.pk])}"


def spoken(address: str) -> str:
    """An address as people write it: without what a browser puts before it by itself."""
    return address.partition("://")[2].removesuffix("/")


def code(address: str, label: str) -> SafeString:
    """A QR code as an inline drawing of the class `ff-qr`, without style; `label` says what it opens."""
    # Level M bears a crease or a stain and still keeps the squares large.
    drawn = segno.make(address, error="m", micro=False).svg_inline(border=2, omitsize=True, svgclass="ff-qr")
    named = drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" shape-rendering="crispEdges" ', 1)
    return mark_safe(named)  # noqa: S308  numbers of squares, and an escaped label

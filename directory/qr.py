"""QR codes of addresses, drawn into the page."""

import segno
from django.utils.safestring import SafeString, mark_safe


def svg(address: str) -> SafeString:
    """The QR code of an address as an inline SVG, without style of its own; the class `ff-qr` gives it its size."""
    code = segno.make_qr(address, error="m")
    drawn = code.svg_inline(border=2, omitsize=True, svgclass="ff-qr", lineclass=None, title="QR code of this address")
    return mark_safe(drawn)  # noqa: S308  drawn by the library; the address is only in its squares

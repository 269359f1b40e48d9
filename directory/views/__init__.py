"""The pages of the public site. Each reads its address, asks one selector and renders."""

from .contact import opportunity_contact, partner_contact
from .opportunity import opportunity_page
from .outward import opportunity_website, partner_website
from .partner import partner_page, partners_page
from .search import search_page
from .suggestions import suggestions

__all__ = [
    "opportunity_contact",
    "opportunity_page",
    "opportunity_website",
    "partner_contact",
    "partner_page",
    "partner_website",
    "partners_page",
    "search_page",
    "suggestions",
]

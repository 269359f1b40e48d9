"""The pages of the public site. Each reads its address, asks one selector and renders."""

from .opportunity import opportunity_page
from .partner import partner_page, partners_page
from .search import search_page
from .suggestions import suggestions

__all__ = ["opportunity_page", "partner_page", "partners_page", "search_page", "suggestions"]

"""The pages of the public site. Each reads its address, asks one selector and renders."""

from .about import accessibility_page, privacy_page, young_people_page
from .contact import opportunity_contact, partner_contact
from .opportunity import opportunity_page
from .outward import opportunity_website, partner_website
from .partner import partner_page, partners_page
from .printing import desk_sheet, opportunity_print, paper
from .report import report_opportunity_page, report_partner_page, report_thanks_page
from .search import search_page
from .sharing import opportunity_shared, partner_shared
from .shortlist import (
    change_shortlist,
    lists_page,
    share_shortlist,
    shared_list_page,
    shortlist_page,
    shortlist_saved,
    take_list,
)
from .spreadsheet import results_spreadsheet
from .suggestions import suggestions
from .wanted import wanted_page, wanted_thanks_page

__all__ = [
    "accessibility_page",
    "change_shortlist",
    "desk_sheet",
    "lists_page",
    "opportunity_contact",
    "opportunity_page",
    "opportunity_print",
    "opportunity_shared",
    "opportunity_website",
    "paper",
    "partner_contact",
    "partner_page",
    "partner_shared",
    "partner_website",
    "partners_page",
    "privacy_page",
    "report_opportunity_page",
    "report_partner_page",
    "report_thanks_page",
    "results_spreadsheet",
    "search_page",
    "share_shortlist",
    "shared_list_page",
    "shortlist_page",
    "shortlist_saved",
    "suggestions",
    "take_list",
    "wanted_page",
    "wanted_thanks_page",
    "young_people_page",
]

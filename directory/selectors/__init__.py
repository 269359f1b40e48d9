"""Reading what the pages of the public site show."""

from .about import about_context, privacy_context
from .cards import hits_of
from .opportunity import opportunity_context, public_opportunity, public_opportunity_in_brief
from .partner import partner_context, public_partner
from .partners import PartnerList, list_partners, partner_labels, partners_context
from .printing import desk_sheet_context, print_context
from .search import all_results, facet_labels, results_context
from .shortlist import LISTS_KEPT, list_at, list_by_number, listed, public_among
from .suggestions import suggestions

__all__ = [
    "LISTS_KEPT",
    "PartnerList",
    "about_context",
    "all_results",
    "desk_sheet_context",
    "facet_labels",
    "hits_of",
    "list_at",
    "list_by_number",
    "list_partners",
    "listed",
    "opportunity_context",
    "partner_context",
    "partner_labels",
    "partners_context",
    "print_context",
    "privacy_context",
    "public_among",
    "public_opportunity",
    "public_opportunity_in_brief",
    "public_partner",
    "results_context",
    "suggestions",
]

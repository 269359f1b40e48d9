"""Reading what the pages of the public site show."""

from .cards import hits_of
from .opportunity import opportunity_context, public_opportunity, public_opportunity_in_brief
from .partner import partner_context, public_partner
from .partners import PartnerList, list_partners, partner_labels, partners_context
from .search import facet_labels, results_context
from .suggestions import suggestions

__all__ = [
    "PartnerList",
    "facet_labels",
    "hits_of",
    "list_partners",
    "opportunity_context",
    "partner_context",
    "partner_labels",
    "partners_context",
    "public_opportunity",
    "public_opportunity_in_brief",
    "public_partner",
    "results_context",
    "suggestions",
]

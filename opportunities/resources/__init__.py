"""Importing opportunities and their sessions."""

from .opportunities import OpportunityResource
from .partner_upload import PartnerOpportunityResource
from .sessions import SessionResource

__all__ = ["OpportunityResource", "PartnerOpportunityResource", "SessionResource"]

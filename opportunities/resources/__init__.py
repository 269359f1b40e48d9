"""Importing opportunities and their sessions."""

from .opportunities import OpportunityResource
from .sessions import SessionResource

__all__ = ["OpportunityResource", "SessionResource"]

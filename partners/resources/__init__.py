"""Importing partners."""

from .drafts import latest_draft, refuse_locked, replace_terms
from .partners import PartnerResource
from .record import PartnerRecord

__all__ = ["PartnerRecord", "PartnerResource", "latest_draft", "refuse_locked", "replace_terms"]

"""Opportunities, their sessions, and what belongs to their revisions."""

from .campaign import Campaign
from .import_run import ImportRun
from .moderation import OfficerApproval
from .opportunity import Opportunity
from .parts import (
    CoOffer,
    OpportunityAccess,
    OpportunityAudience,
    OpportunitySector,
    OpportunitySkill,
    OpportunitySubject,
    OpportunityTheme,
    Pathway,
    TimetableItem,
)
from .requirement import AssuranceRequirement
from .safeguarding import SafeguardingDecision
from .session import Session

__all__ = [
    "AssuranceRequirement",
    "Campaign",
    "CoOffer",
    "ImportRun",
    "OfficerApproval",
    "Opportunity",
    "OpportunityAccess",
    "OpportunityAudience",
    "OpportunitySector",
    "OpportunitySkill",
    "OpportunitySubject",
    "OpportunityTheme",
    "Pathway",
    "SafeguardingDecision",
    "Session",
    "TimetableItem",
]

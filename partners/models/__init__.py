"""Partners and what is kept about them."""

from .assurance import Assurance, AssuranceKind
from .comment import FieldComment
from .document import AssuranceDocument
from .joining import PartnerApplication, PartnerInvitation
from .membership import PartnerMembership
from .partner import Partner, PartnerRecognition, PartnerSector
from .publishable import Publishable
from .relationship import Relationship
from .site import Contact, Site

__all__ = [
    "Assurance",
    "AssuranceDocument",
    "AssuranceKind",
    "Contact",
    "FieldComment",
    "Partner",
    "PartnerApplication",
    "PartnerInvitation",
    "PartnerMembership",
    "PartnerRecognition",
    "PartnerSector",
    "Publishable",
    "Relationship",
    "Site",
]

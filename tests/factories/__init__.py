"""Objects for tests, one module for each room. What a test does not say is filled in with something plain.

    OpportunityFactory(title="Set, ink, pull", skills=["creativity"], years=(7, 9), postcode="EC2Y 8DS")
    SessionFactory(opportunity=opportunity, in_days=14, capacity=30, taken=30)
    OfficerFactory(), TeacherFactory(school=school), PartnerMemberFactory(partner=partner)

Partners and opportunities are live and public unless told otherwise (`live=False` for a draft that was
never published). They are saved once and without a revision, which is quick; `partners.services` and
`opportunities.services` go on from there. Terms are named by their slugs.
"""

from .accounts import (
    AdministratorFactory,
    AdviserFactory,
    AdviserTeamFactory,
    DepartmentFactory,
    DepartmentMemberFactory,
    EditorFactory,
    OfficerFactory,
    UserFactory,
)
from .opportunities import CampaignFactory, OpportunityFactory, SafeguardingDecisionFactory, SessionFactory
from .partners import (
    AssuranceDocumentFactory,
    AssuranceFactory,
    ContactFactory,
    PartnerApplicationFactory,
    PartnerFactory,
    PartnerMemberFactory,
    PartnerRecognitionFactory,
    RelationshipFactory,
    SiteFactory,
    assure,
)
from .schools import (
    CohortFactory,
    GroupFactory,
    SchoolFactory,
    StaffApplicationFactory,
    TeacherFactory,
    TermPeriodFactory,
)
from .taxonomy import term, terms

__all__ = [
    "AdministratorFactory",
    "AdviserFactory",
    "AdviserTeamFactory",
    "AssuranceDocumentFactory",
    "AssuranceFactory",
    "CampaignFactory",
    "CohortFactory",
    "ContactFactory",
    "DepartmentFactory",
    "DepartmentMemberFactory",
    "EditorFactory",
    "GroupFactory",
    "OfficerFactory",
    "OpportunityFactory",
    "PartnerApplicationFactory",
    "PartnerFactory",
    "PartnerMemberFactory",
    "PartnerRecognitionFactory",
    "RelationshipFactory",
    "SafeguardingDecisionFactory",
    "SchoolFactory",
    "SessionFactory",
    "SiteFactory",
    "StaffApplicationFactory",
    "TeacherFactory",
    "TermPeriodFactory",
    "UserFactory",
    "assure",
    "term",
    "terms",
]

"""One of each: somebody for each role, and the objects that addresses name."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from tests.factories import (
    AdministratorFactory,
    AdviserFactory,
    AssuranceFactory,
    CampaignFactory,
    CohortFactory,
    ContactFactory,
    DepartmentMemberFactory,
    EditorFactory,
    GroupFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
    PartnerRecognitionFactory,
    RelationshipFactory,
    SafeguardingDecisionFactory,
    SchoolFactory,
    SessionFactory,
    SiteFactory,
    TeacherFactory,
    TermPeriodFactory,
    UserFactory,
    assure,
)


@dataclass(frozen=True)
class SampleWorld:
    """`people` by role; `things` by the names that addresses use."""

    people: dict[str, User | None]
    things: dict[str, Any]


def make_sample_world() -> SampleWorld:
    """Makes it in the test's database."""
    partner = PartnerFactory.create(name="Foundry Lane Press")
    assure(partner)
    opportunity = OpportunityFactory.create(title="Set, ink, pull", offered_by=partner, skills=["creativity"])
    SessionFactory.create(opportunity=opportunity)
    school = SchoolFactory.create()
    GroupFactory.create(cohort=CohortFactory.create(school=school))
    TermPeriodFactory.create()
    SiteFactory.create(partner=partner)
    ContactFactory.create(partner=partner)
    AssuranceFactory.create(partner=partner)
    PartnerRecognitionFactory.create(partner=partner)
    RelationshipFactory.create(partner=partner)
    SafeguardingDecisionFactory.create()
    campaign = CampaignFactory.create()
    DepartmentMemberFactory.create()
    return SampleWorld(
        people={
            "anonymous": None,
            "signed-in user": UserFactory.create(),
            "partner member": PartnerMemberFactory.create(partner=partner),
            "school teacher": TeacherFactory.create(school=school),
            "adviser": AdviserFactory.create(),
            "officer": OfficerFactory.create(),
            "editor": EditorFactory.create(),
            "administrator": AdministratorFactory.create(),
        },
        things={"campaign": campaign, "opportunity": opportunity, "partner": partner, "school": school},
    )

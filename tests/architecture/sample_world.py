"""One of each: somebody for each role, and the objects that addresses name."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import AdviserMembership, DepartmentMembership, User
from directory.services import leave_wanted_note, report_problem, share_list
from directory.shared_lists import signed
from notices.models import Notice
from opportunities.models import ImportRun
from opportunities.services import save_draft
from partners import still_right
from partners.people import invite
from partners.selectors import under_review
from partners.services import submit
from schools.models import SchoolMembership
from schools.people import invite_by_officer
from tests.factories import (
    AdministratorFactory,
    AdviserFactory,
    AdviserTeamFactory,
    AssuranceDocumentFactory,
    AssuranceFactory,
    CampaignFactory,
    CohortFactory,
    ContactFactory,
    DepartmentFactory,
    EditorFactory,
    GroupFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerApplicationFactory,
    PartnerFactory,
    PartnerMemberFactory,
    PartnerRecognitionFactory,
    RelationshipFactory,
    SafeguardingDecisionFactory,
    SchoolFactory,
    SessionFactory,
    SiteFactory,
    StaffApplicationFactory,
    TeacherFactory,
    TermPeriodFactory,
    UserFactory,
    assure,
)
from tests.links import invite_adviser, invite_to_department


@dataclass(frozen=True)
class SampleWorld:
    """
    `people` by role; `things` by the names that addresses use.

    `outsider` is all at once that gives nobody a place in the CMS: partner, teacher, adviser, of a department.
    """

    people: dict[str, User | None]
    outsider: User
    things: dict[str, Any]


def make_sample_world() -> SampleWorld:
    """Makes it in the test's database."""
    partner = PartnerFactory.create(name="Foundry Lane Press", website="https://press.example/")
    assure(partner)
    opportunity = OpportunityFactory.create(title="Set, ink, pull", offered_by=partner, skills=["creativity"])
    session = SessionFactory.create(opportunity=opportunity)
    draft_opportunity = OpportunityFactory.create(offered_by=partner, live=False)
    school = SchoolFactory.create()
    GroupFactory.create(cohort=CohortFactory.create(school=school))
    TermPeriodFactory.create()
    site = SiteFactory.create(partner=partner)
    contact = ContactFactory.create(partner=partner)
    AssuranceFactory.create(partner=partner)
    PartnerRecognitionFactory.create(partner=partner)
    RelationshipFactory.create(partner=partner)
    SafeguardingDecisionFactory.create()
    campaign = CampaignFactory.create()
    outsider = PartnerMemberFactory.create(partner=partner, partner__role="owner")
    SchoolMembership.objects.create(user=outsider, school=school, role="careers_leader", verified_at=timezone.now())
    AdviserMembership.objects.create(user=outsider, team=AdviserTeamFactory.create(), is_lead=True)
    DepartmentMembership.objects.create(user=outsider, department=DepartmentFactory.create())
    draft_partner = PartnerFactory.create(live=False)
    leave_wanted_note("A foundry to visit", None, "", "", timezone.now())
    report_problem("wrong", "The date has passed.", "", opportunity, timezone.now())
    shared_list = share_list([opportunity.pk], timezone.now())
    waiting_opportunity = OpportunityFactory.create(live=False)
    save_draft(waiting_opportunity)
    submit(waiting_opportunity, outsider)
    invite_to_department(DepartmentFactory.create(), "ada@example.org", None)
    invite_adviser(AdviserTeamFactory.create(), "bo@example.org", None)
    invite(partner, "cy@example.org", "member", None)
    invite_by_officer(school, "di@example.org", ["teacher"], OfficerFactory.create())
    StaffApplicationFactory.create(school=school)
    PartnerApplicationFactory.create()
    things = {
        "campaign": campaign,
        "contact": contact,
        "document": AssuranceDocumentFactory.create(partner=partner),
        "draft_opportunity": draft_opportunity,
        "notice": Notice.objects.create(kind="any", key="1", address="sam@example.org", created_at=timezone.now()),
        "draft_partner": draft_partner,
        "draft_session": SessionFactory.create(opportunity=draft_opportunity),
        "foreign_document": AssuranceDocumentFactory.create(),
        "opportunity": opportunity,
        "others_opportunity": waiting_opportunity,
        "waiting": under_review(waiting_opportunity),
        "orphan_opportunity": OpportunityFactory.create(offered_by=draft_partner),
        "partner": partner,
        "run": ImportRun.objects.create(table=ImportRun.Table.PARTNERS, file_name="partners.csv"),
        "school": school,
        "session": session,
        "shared_list": shared_list,
        "site": site,
        "upload": ImportRun.objects.create(
            table=ImportRun.Table.OPPORTUNITIES, file_name="offers.csv", partner=partner
        ),
        "signed_list": signed(shared_list.number),
        "still_right": still_right.sign(partner),
    }
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
        outsider=outsider,
        things=things,
    )

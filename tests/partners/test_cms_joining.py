"""Officers invite, decide on applications and look after people in the CMS, by the same services as the pages."""

import pytest
from wagtail.models import ModelLogEntry

from accounts.models import AdviserInvitation, DepartmentInvitation
from notices.models import Notice
from partners.models import Partner, PartnerApplication, PartnerInvitation, PartnerMembership
from schools.models import SchoolInvitation, StaffApplication
from tests.cms import Desk
from tests.factories import (
    AdviserTeamFactory,
    DepartmentFactory,
    OfficerFactory,
    PartnerApplicationFactory,
    PartnerFactory,
    PartnerMemberFactory,
    SchoolFactory,
    StaffApplicationFactory,
)
from tests.links import messages_to

pytestmark = pytest.mark.django_db
ADA = "ada@example.org"


@pytest.fixture
def desk() -> Desk:
    return Desk(OfficerFactory.create())


class TestInviting:
    def test_a_person_of_a_partner(self, desk: Desk) -> None:
        partner = PartnerFactory.create()
        form = desk.form(f"/admin/partners/invitations/new/?partner={partner.pk}")
        form["email"], form["role"] = ADA, "owner"
        assert not desk.send(form).errors
        invitation = PartnerInvitation.objects.get()
        assert (invitation.partner, invitation.role, invitation.invited_by) == (partner, "owner", desk.user)
        assert messages_to(ADA) == ["invitation"]

    def test_who_is_there_already_is_told_beside_the_field(self, desk: Desk) -> None:
        partner = PartnerFactory.create()
        member = PartnerMemberFactory.create(partner=partner)
        form = desk.form(f"/admin/partners/invitations/new/?partner={partner.pk}")
        form["email"] = member.email
        assert "already" in desk.send(form).errors["email"][0]
        assert not PartnerInvitation.objects.exists()

    def test_a_department_an_adviser_and_a_schools_first_member(self, desk: Desk) -> None:
        places = {
            "teams/department-invitations": ("department", DepartmentFactory.create()),
            "teams/adviser-invitations": ("team", AdviserTeamFactory.create()),
            "schools/invitations": ("school", SchoolFactory.create()),
        }
        for where, (field, thing) in places.items():
            form = desk.form(f"/admin/{where}/new/?{field}={thing.pk}")
            form["email"] = ADA
            if field == "school":
                form["roles"] = ["careers_leader"]
            answer = desk.send(form)
            assert not answer.errors, where
        assert DepartmentInvitation.objects.get().email == ADA
        assert AdviserInvitation.objects.get().email == ADA
        assert SchoolInvitation.objects.get().roles == ["careers_leader"]
        assert messages_to(ADA) == ["invitation"] * 3

    @pytest.mark.parametrize(
        "where",
        ["partners/invitations", "teams/department-invitations", "teams/adviser-invitations", "schools/invitations"],
    )
    def test_without_an_address_nothing_is_sent(self, desk: Desk, where: str) -> None:
        form = desk.form(f"/admin/{where}/new/")
        assert "email" in desk.send(form).errors
        assert not Notice.objects.exists()

    def test_one_is_taken_back_and_not_changed(self, desk: Desk) -> None:
        partner = PartnerFactory.create()
        form = desk.form(f"/admin/partners/invitations/new/?partner={partner.pk}")
        form["email"] = ADA
        desk.send(form)
        invitation = PartnerInvitation.objects.get()
        where = f"/admin/partners/invitations/edit/{invitation.pk}/"
        assert desk.open("/admin/partners/invitations/").page.select_one(f'a[href="{where}"]') is not None
        form = desk.form(where)
        assert "take_back" in desk.send(form).errors
        form = desk.form(where)
        form["take_back"], form["email"], form["role"] = True, "evil@example.org", "owner"
        desk.send(form)
        invitation.refresh_from_db()
        assert (invitation.state, invitation.email, invitation.role) == ("Taken back", "", "member")
        form = desk.form(where)
        form["take_back"] = True
        assert "already" in str(desk.send(form).errors)


class TestApplications:
    def decide(self, desk: Desk, application: PartnerApplication, **said: object) -> dict[str, list[str]]:
        form = desk.form(f"/admin/partners/applications/edit/{application.pk}/")
        for name, value in said.items():
            form[name] = value
        return desk.send(form).errors

    def test_partners_that_may_be_it_are_shown_drafts_among_them(self, desk: Desk) -> None:
        PartnerFactory.create(name="Tallow Gate Printing", live=False)
        application = PartnerApplicationFactory.create()
        page = desk.open(f"/admin/partners/applications/edit/{application.pk}/").page.get_text(" ")
        assert "not public" in " ".join(page.split())
        assert "Name nearly the same" in page

    def test_accepted(self, desk: Desk) -> None:
        application = PartnerApplicationFactory.create()
        assert not self.decide(desk, application, decision="accept")
        partner = Partner.objects.get()
        assert (partner.name, partner.live) == ("Tallow Gate Printing", False)
        assert messages_to(application.email) == ["invitation"]
        actions = ModelLogEntry.objects.filter(object_id=str(application.pk)).values_list("action", "user")
        assert ("partners.application_accepted", desk.user.pk) in actions

    def test_merged_into_one_that_is_chosen(self, desk: Desk) -> None:
        application, partner = PartnerApplicationFactory.create(), PartnerFactory.create()
        assert "into" in self.decide(desk, application, decision="merge")
        assert not self.decide(desk, application, decision="merge", into=partner.pk)
        assert PartnerInvitation.objects.get().partner == partner

    def test_declined_with_a_reason(self, desk: Desk) -> None:
        application = PartnerApplicationFactory.create()
        assert "why" in self.decide(desk, application, decision="decline")
        assert not self.decide(desk, application, decision="decline", why="You are in Leeds.")
        application.refresh_from_db()
        assert application.state == "declined"

    def test_nothing_is_decided_twice(self, desk: Desk) -> None:
        application = PartnerApplicationFactory.create()
        self.decide(desk, application, decision="accept")
        assert "decided already" in str(self.decide(desk, application, decision="decline", why="No."))

    @pytest.mark.parametrize("said", [{}, {"decision": "perhaps"}, {"decision": "merge", "into": "999999"}])
    def test_what_is_no_decision_is_told(self, desk: Desk, said: dict[str, object]) -> None:
        application = PartnerApplicationFactory.create()
        assert self.decide(desk, application, **said)
        application.refresh_from_db()
        assert application.state == "waiting"


class TestPeople:
    def test_the_last_owner_is_kept_in_the_cms_too(self, desk: Desk) -> None:
        partner = PartnerFactory.create()
        owner = PartnerMemberFactory.create(partner=partner, partner__role="owner").partner_memberships.get()
        form = desk.form(f"/admin/partners/people/edit/{owner.pk}/")
        form["role"] = "member"
        assert "only owner" in str(desk.send(form).errors)
        assert "only owner" in desk.post(f"/admin/partners/people/delete/{owner.pk}/").said
        owner.refresh_from_db()
        assert owner.role == "owner"

    def test_a_row_is_not_made_another_persons(self, desk: Desk) -> None:
        member = PartnerMemberFactory.create().partner_memberships.get()
        form = desk.form(f"/admin/partners/people/edit/{member.pk}/")
        form["user"] = desk.user.email
        assert "user" in desk.send(form).errors
        assert not desk.user.partner_memberships.exists()

    def test_a_member_is_made_an_owner_and_removed(self, desk: Desk) -> None:
        partner = PartnerFactory.create()
        PartnerMemberFactory.create(partner=partner, partner__role="owner")
        member = PartnerMemberFactory.create(partner=partner).partner_memberships.get()
        form = desk.form(f"/admin/partners/people/edit/{member.pk}/")
        form["role"] = "owner"
        assert not desk.send(form).errors
        member.refresh_from_db()
        assert member.role == "owner"
        desk.post(f"/admin/partners/people/delete/{member.pk}/")
        assert PartnerMembership.objects.filter(partner=partner).count() == 1


class TestSchoolOffices:
    def ask(self, desk: Desk, application: StaffApplication) -> str:
        form = desk.form(f"/admin/schools/applications/edit/{application.pk}/")
        form["ask"] = True
        return str(desk.send(form).errors)

    def test_the_office_is_asked_once_its_address_is_recorded_with_where_it_stands(self, desk: Desk) -> None:
        application = StaffApplicationFactory.create()
        assert "Record the address" in self.ask(desk, application)
        form = desk.form(f"/admin/schools/schools/edit/{application.school_id}/")
        form["office_email"] = "office@school.example"
        assert "office_email_source" in desk.send(form).errors
        form = desk.form(f"/admin/schools/schools/edit/{application.school_id}/")
        form["office_email"], form["office_email_source"] = "office@school.example", "Its contact page, 2 March"
        assert not desk.send(form).errors
        assert self.ask(desk, application) == "{}"
        assert messages_to("office@school.example") == ["office-asked"]


def test_the_front_page_says_who_waits(desk: Desk) -> None:
    PartnerApplicationFactory.create()
    StaffApplicationFactory.create()
    text = " ".join(desk.open("/admin/").page.get_text(" ").split())
    assert "Applications to become a partner: 1" in text
    assert "School staff not confirmed yet: 1 . Of 1 no office was asked" in text

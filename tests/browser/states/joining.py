"""Joining, and the people of a partner and of a school."""

from playwright.sync_api import Page, expect

from partners.models import Partner
from partners.people import invite
from schools import people
from schools.models import School
from tests.browser.looking import State
from tests.browser.signing_in import sign_browser_in
from tests.factories import PartnerFactory, PartnerMemberFactory, SchoolFactory, StaffApplicationFactory, TeacherFactory
from tests.links import secret_sent_to

OFFICE = "office@ropewalk.example"


def _go(page: Page, path: str, heading: str) -> None:
    page.goto(f"{page.evaluate('location.origin')}{path}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def _apply(page: Page) -> None:
    PartnerFactory.create(name="Tallowgate Print Rooms", website="https://tallowgateprint.example/")
    page.get_by_label("Self-employed professional").check()
    page.get_by_label("Name that schools will see").fill("Tallow Gate Print Rooms")
    page.get_by_label("Website, if there is one").fill("tallowgateprint.example")
    page.get_by_label("Postcode of your main site").fill("E1")
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_role("alert")).to_contain_text("say that you are new")
    expect(page.get_by_text("Same website")).to_be_visible()


def _school() -> School:
    return SchoolFactory.create(name="Ropewalk Hill School", office_email=OFFICE, office_email_source="Its page.")


def _staff_mistakes(page: Page) -> None:
    _go(page, f"/join/school/{_school().pk}/", "Join for Ropewalk Hill School")
    page.get_by_role("button", name="Ask my school to confirm me").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one role")


def _office(page: Page) -> None:
    people.apply(StaffApplicationFactory.build(school=_school(), email="ada.byrne@elsewhere.example"))
    _go(page, f"/join/office/?secret={secret_sent_to(OFFICE)}", "Does this person work at Ropewalk Hill School?")
    page.get_by_text("This person does not work here").click()


def _partner() -> Partner:
    return PartnerFactory.create(name="Bell and Bronze")


def _invitation(page: Page) -> None:
    invite(_partner(), "ada@example.org", "member", None)
    _go(page, f"/invitation/?secret={secret_sent_to('ada@example.org')}", "Bell and Bronze invites you")


def _invitation_of_another(page: Page) -> None:
    _invitation(page)
    sign_browser_in(page, PartnerMemberFactory.create())
    page.reload()
    expect(page.get_by_text("You are signed in with another address")).to_be_visible()


def _people(page: Page) -> None:
    partner = _partner()
    owner = PartnerMemberFactory.create(partner=partner, partner__role="owner")
    PartnerMemberFactory.create(partner=partner, first_name="Bartholomew", last_name="Featherstonehaugh-Cholmondeley")
    invite(partner, "somebody.with.a.long.name@an-organisation-with-a-long-name.example", "owner", owner)
    sign_browser_in(page, owner)
    _go(page, f"/portal/{partner.pk}/people/", "People")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_role("alert")).to_contain_text("Type the e-mail address")
    page.locator("summary", has_text="Remove Bartholomew").click()


def _people_for_a_member(page: Page) -> None:
    partner = PartnerFactory.create(name="Wax and Wick")
    PartnerMemberFactory.create(partner=partner, partner__role="owner")
    sign_browser_in(page, PartnerMemberFactory.create(partner=partner))
    _go(page, f"/portal/{partner.pk}/people/", "People")


def _school_people(page: Page) -> None:
    school = _school()
    lead = TeacherFactory.create(school=school, school__role="dsl")
    TeacherFactory.create(school=school)
    people.apply(StaffApplicationFactory.build(school=school, email="ada.byrne@ropewalk.example"))
    people.invite(school, "bo@ropewalk.example", ["teacher"], lead)
    sign_browser_in(page, lead)
    _go(page, f"/school/{school.pk}/people/", "People of Ropewalk Hill School")


STATES = {
    "join": State("/join/", "Become a partner"),
    "join, is this you already": State("/join/", "Become a partner", _apply),
    "join, sent": State("/join/thanks/", "Your application is on its way"),
    "join, find a school": State("/join/school/?q=nowhere", "Find your school"),
    "join a school, mistakes": State("/join/school/", "Find your school", _staff_mistakes),
    "join a school, sent": State("/join/school/thanks/", "Your school will be asked"),
    "school office": State("/join/", "Become a partner", _office),
    "school office, answered": State("/join/office/thanks/", "Thank you, that is noted"),
    "invitation": State("/join/", "Become a partner", _invitation),
    "invitation, somebody else": State("/join/", "Become a partner", _invitation_of_another),
    "invitation, accepted": State("/invitation/accepted/?what=partner", "You are in"),
    "people": State("/join/", "Become a partner", _people),
    "people, for a member": State("/join/", "Become a partner", _people_for_a_member),
    "people of a school": State("/join/", "Become a partner", _school_people),
}

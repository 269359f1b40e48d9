"""The portal of a partner: its overview, its own page with sites and contacts, how it is found and used."""

from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from opportunities.models import Opportunity
from partners import services
from partners.models import Partner
from tests.browser.looking import State
from tests.browser.signing_in import sign_browser_in
from tests.factories import (
    AssuranceFactory,
    ContactFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
    SessionFactory,
    SiteFactory,
    assure,
)
from tests.partners.moderating import answer
from tests.portal.used import use, weeks_ago


def _go(page: Page, path: str, heading: str) -> None:
    page.goto(f"{page.evaluate('location.origin')}{path}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def _partner(page: Page, name: str, **fields: Any) -> tuple[Partner, Any]:
    """A partner and somebody who acts for it, signed in."""
    partner = PartnerFactory.create(name=name, sectors=["law"], email="hello@example.org", **fields)
    member = PartnerMemberFactory.create(partner=partner)
    sign_browser_in(page, member)
    return partner, member


def _redrafted(partner: Partner, member: Any, **fields: str) -> Partner:
    held = Partner.objects.get(pk=partner.pk)
    draft = held.get_latest_revision_as_object()
    for field, value in fields.items():
        setattr(draft, field, value)
    services.keep_draft(draft, member, seen=held.latest_revision_id)
    return Partner.objects.get(pk=partner.pk)


def _overview(page: Page) -> None:
    partner, member = _partner(page, "Quill and Copper")
    AssuranceFactory.create(partner=partner, in_days=12)
    dated = OpportunityFactory.create(
        title="Set, ink, pull: a day in a working print room", offered_by=partner, availability="dated"
    )
    SessionFactory.create(opportunity=dated, capacity=30, taken=4)
    for number, views in enumerate((9, 3, 12, 20, 8)):
        use(dated, weeks_ago(number + 1), views=views, searches=views * 2, actions=number)
    for title in ("Print finisher, level 3", "Families: print your own cards"):
        services.submit(OpportunityFactory.create(title=title, offered_by=partner, live=False), member)
    answer(Opportunity.objects.get(title="Families: print your own cards"), "reject", "Say what adults must do.")
    OpportunityFactory.create(title="Typeface treasure hunt", offered_by=partner, live=False)
    _redrafted(partner, member, summary="Another sentence.")
    _go(page, f"/portal/{partner.pk}/", "Overview")


def _first_day(page: Page) -> None:
    partner, _ = _partner(page, "New at this", live=False)
    _go(page, f"/portal/{partner.pk}/", "Overview")


def _own_page(page: Page) -> None:
    partner, member = _partner(page, "Vellum and Thread", telephone="020 7946 0112")
    site = SiteFactory.create(partner=partner, name="Bindery", access=["step-free", "hearing-loop"])
    SiteFactory.create(partner=partner, name="Paper store")
    OpportunityFactory.create(offered_by=partner, site=site)
    ContactFactory.create(partner=partner, is_public=True)
    ContactFactory.create(partner=partner, name="Hester Vale", telephone="020 7946 0113")
    _redrafted(partner, member, description="We bind books.\n\nSince 1871.")
    _go(page, f"/portal/{partner.pk}/page/", "Your page")


def _with_officers(page: Page) -> None:
    partner, member = _partner(page, "Felt and Feather")
    services.submit(_redrafted(partner, member, summary="We make hats."), member)
    _go(page, f"/portal/{partner.pk}/page/", "Your page")


def _returned(page: Page) -> None:
    partner, member = _partner(page, "Glass and Lead")
    held = _redrafted(partner, member, summary="We make windows.")
    services.submit(held, member)
    answer(held, "reject", "Say for whom.\n\nAnd since when.")
    _go(page, f"/portal/{partner.pk}/page/", "Your page")


def _form(page: Page) -> None:
    partner, _ = _partner(page, "Brass and Wind")
    _go(page, f"/portal/{partner.pk}/page/edit/", "Change your page")


def _form_with_mistakes(page: Page) -> None:
    partner, _ = _partner(page, "Wood and String")
    _go(page, f"/portal/{partner.pk}/page/edit/", "Change your page")
    page.get_by_label("Name", exact=True).fill("")
    page.get_by_label("Website (optional)").fill("not an address")
    page.get_by_label("In one sentence").fill("We make violins.")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_role("alert")).to_contain_text("Type the name of your organisation.")


def _two_at_once(page: Page) -> None:
    partner, member = _partner(page, "Ink and Iron")
    _go(page, f"/portal/{partner.pk}/page/edit/", "Change your page")
    _redrafted(partner, member, description="Theirs, with a word of their own.")
    page.get_by_label("In one sentence").fill("Mine.")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_role("heading", name="What they wrote")).to_be_visible()


def _preview(page: Page) -> None:
    partner, member = _partner(page, "Wool and Loom")
    assure(partner)
    _redrafted(partner, member, name="Wool and Loom, weavers")
    _go(page, f"/portal/{partner.pk}/page/preview/", "Wool and Loom, weavers")


def _site(page: Page) -> None:
    partner, _ = _partner(page, "Salt and Clay")
    _go(page, f"/portal/{partner.pk}/page/sites/add/", "Add a site")
    page.get_by_label("Postcode").fill("ZZ99 9ZZ")
    page.get_by_role("button", name="Save this site").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _site_in_use(page: Page) -> None:
    partner, _ = _partner(page, "Rope and Sail")
    site = SiteFactory.create(partner=partner, name="Ropewalk")
    OpportunityFactory.create(title="Tie a bowline", offered_by=partner, site=site)
    _go(page, f"/portal/{partner.pk}/page/sites/{site.pk}/remove/", "Remove the site Ropewalk?")


def _contact(page: Page) -> None:
    partner, _ = _partner(page, "Wax and Wick")
    _go(page, f"/portal/{partner.pk}/page/contacts/add/", "Add somebody to ask")
    page.get_by_label("Name").fill("Robin Hale")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("so that they can be reached")


def _gone_contact(page: Page) -> None:
    partner, _ = _partner(page, "Bell and Bronze")
    contact = ContactFactory.create(partner=partner)
    _go(page, f"/portal/{partner.pk}/page/contacts/{contact.pk}/remove/", "Remove Robin Hale?")


def _used(page: Page) -> tuple[Partner, Opportunity]:
    partner, _ = _partner(page, "Plate and Press", confirmed_on=timezone.localdate())
    first, second = (OpportunityFactory.create(title=title, offered_by=partner) for title in ("Ink", "A day with type"))
    for number in range(9):
        use(first, weeks_ago(number + 1), views=30 - number, searches=60 - 2 * number, actions=7)
        use(second, weeks_ago(number + 1), views=number % 4, searches=number)
    return partner, first


def _statistics(page: Page) -> None:
    partner, _ = _used(page)
    _go(page, f"/portal/{partner.pk}/use/", "How you are found and used")
    page.get_by_text("Show views each week as a table").click()


def _statistics_of_one(page: Page) -> None:
    partner, first = _used(page)
    _go(page, f"/portal/{partner.pk}/use/{first.pk}/?period=year", "Ink")


# Pages of who is signed in begin where somebody is sent who is not yet.
STATES = {
    "portal": State("/portal/", "Sign in", _overview),
    "portal, first day": State("/portal/", "Sign in", _first_day),
    "own page": State("/portal/", "Sign in", _own_page),
    "own page, with the officers": State("/portal/", "Sign in", _with_officers),
    "own page, returned": State("/portal/", "Sign in", _returned),
    "own page, form": State("/portal/", "Sign in", _form),
    "own page, mistakes": State("/portal/", "Sign in", _form_with_mistakes),
    "own page, two at once": State("/portal/", "Sign in", _two_at_once),
    "own page, preview": State("/portal/", "Sign in", _preview),
    "own site": State("/portal/", "Sign in", _site),
    "own site, in use": State("/portal/", "Sign in", _site_in_use),
    "own contact": State("/portal/", "Sign in", _contact),
    "own contact, to go": State("/portal/", "Sign in", _gone_contact),
    "use": State("/portal/", "Sign in", _statistics),
    "use of one": State("/portal/", "Sign in", _statistics_of_one),
}

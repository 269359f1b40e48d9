"""Officers check what partners send; partners read what they are asked to change, and change what needs no check."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from opportunities import services as opportunities
from opportunities.live_changes import change_live
from opportunities.models import Opportunity
from partners.models import Partner
from partners.moderation import return_with_comments
from partners.services import withdraw
from tests.browser.looking import State
from tests.browser.signing_in import sign_browser_in
from tests.factories import (
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
    SessionFactory,
    assure,
)
from tests.portal.moderated import sent

PLACEMENT = {"kind": "placement", "live": False, "under_16": True, "skills": ["creativity"]}


def _go(page: Page, path: str, heading: str) -> None:
    page.goto(f"{page.evaluate('location.origin')}{path}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def _press(name: str) -> tuple[Partner, Any]:
    """A partner and somebody who acts for it."""
    partner = PartnerFactory.create(name=name)
    assure(partner, in_days=40)
    return partner, PartnerMemberFactory.create(partner=partner, first_name="Ines", last_name="Falk")


def _offer(partner: Partner, title: str, **fields: Any) -> Opportunity:
    said = {
        "summary": "Pull a print to keep.",
        "group_min": 10,
        "group_max": 24,
        "adult_ratio": 10,
        "audiences": ["ks2"],
    }
    return OpportunityFactory.create(offered_by=partner, title=title, **{**said, **fields})


def _officer(page: Page) -> Any:
    officer = OfficerFactory.create(first_name="Ada", last_name="Officer")
    sign_browser_in(page, officer)
    return officer


def _changes(page: Page) -> None:
    partner, member = _press("Foundry Lane Press")
    live = _offer(partner, "Set, ink, pull")
    officer = _officer(page)
    state = sent(live, member, summary="Print your name.", group_max=30)
    return_with_comments(live, state.revision, officer, {"group": "Your risk assessment covers 24 people."}, "Nearly.")
    words = "Pull a print to take back to school.\n\nEverybody keeps one."
    state = sent(live, member, description=words, summary="Pull a print to take home.", cost_help="Two come free.")
    _go(page, f"/review/{state.pk}/", "Set, ink, pull")
    assert page.locator(".ff-change ins").first.evaluate("mark => getComputedStyle(mark).display") == "inline"
    page.get_by_text("Ask for a change (Summary)").click()
    page.get_by_label("What should they do? Summary").fill("Say which school.")


def _new(page: Page) -> None:
    partner, member = _press("Saddlers Yard")
    state = sent(_offer(partner, "A week at the bench", **PLACEMENT), member, title="Two weeks at the bench")
    _officer(page)
    _go(page, f"/review/{state.pk}/", "Two weeks at the bench")


def _mistakes(page: Page) -> None:
    partner, member = _press("Cordwainer Works")
    state = sent(partner, member, summary="We make shoes and mend them.")
    _officer(page)
    _go(page, f"/review/{state.pk}/", "Cordwainer Works")
    page.get_by_text("Ask for a change in something else").click()
    page.get_by_label("What is it about?").select_option("Website")
    page.get_by_label("Send back with what you ask for").check()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("alert")).to_contain_text("Say what they should do")


def _decided(page: Page) -> None:
    partner, member = _press("Girdlers Court")
    state = sent(_offer(partner, "A belt of your own"), member, summary="Cut, punch and wear it.")
    return_with_comments(
        state.revision.as_object(), state.revision, OfficerFactory.create(), {"summary": "Say for whom."}
    )
    sent(Opportunity.objects.get(title="A belt of your own"), member, summary="Cut, punch and wear it, from Year 5.")
    _officer(page)
    _go(page, f"/review/{state.pk}/", "A belt of your own")


def _too_late(page: Page) -> None:
    partner, member = _press("Lorimer Yard")
    state = sent(_offer(partner, "Stitch a bridle", live=False), member, summary="Cut and stitch.")
    _officer(page)
    _go(page, f"/review/{state.pk}/", "Stitch a bridle")
    page.get_by_label("A line to the partner").fill("Say who brings the leather.")
    page.get_by_label("Send back with what you ask for").check()
    withdraw(Opportunity.objects.get(title="Stitch a bridle"), member)
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Taken back before you decided")


def _waiting(page: Page) -> None:
    partner, member = _press("Glaziers Row")
    sent(_offer(partner, "Lead and light"), member, summary="Cut a pane.")
    sent(_offer(partner, "A title that is long enough to take several lines on a narrow screen", live=False), member)
    _officer(page)
    _go(page, "/review/", "to check")


def _without_check(page: Page) -> None:
    partner, member = _press("Pewter Lane")
    live = _offer(partner, "Cast a spoon", cost="paid", cost_amount="6.00", cost_unit="pupil")
    change_live(live, {"cost_amount": 4, "deadline": timezone.localdate() + timedelta(days=9)}, member)
    opportunities.set_places(SessionFactory.create(opportunity=live), capacity=12, taken=0, user=member)
    _officer(page)
    _go(page, "/review/changes/", "Changed without a check")


def _asked(page: Page, name: str, asked: dict[str, str], **fields: Any) -> None:
    """At the page of what was returned."""
    partner, member = _press(name)
    draft = _offer(partner, "Families: print your own cards", live=False, **fields)
    state = sent(draft, member, summary="Adults are welcome to stay and have coffee.")
    return_with_comments(
        draft, state.revision, OfficerFactory.create(), asked, "Lovely idea.\n\nThe first on a Sunday."
    )
    sign_browser_in(page, member)
    _go(page, f"/portal/{partner.pk}/opportunities/{draft.pk}/returned/", "to change")


def _returned(page: Page) -> None:
    asked = {"summary": "Say that an adult stays with each child.", "cost-help": "Two families come free: say so."}
    _asked(page, "Print Court", asked)
    page.get_by_label("In one sentence").fill("One adult stays with every two children.")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("You have changed this.")).to_be_visible()


def _returned_all_sorts(page: Page) -> None:
    slugs = ("audiences", "group", "skills", "access", "image", "place", "when", "cost", "leads-to", "kind")
    _asked(page, "Quill Court", dict.fromkeys(slugs, "Please look at this once more."), skills=["creativity"])


def _returned_mistakes(page: Page) -> None:
    asked = dict.fromkeys(("summary", "title", "ages", "skills"), "Please look at this once more.")
    _asked(page, "Nib Court", asked)
    page.get_by_label("Title").fill("")
    page.get_by_label("From age").fill("9")
    page.get_by_label("To age").fill("7")
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_role("alert")).to_contain_text("Swap them")


def _returned_page(page: Page) -> None:
    partner, member = _press("Vellum House")
    state = sent(partner, member, description="We bind.")
    return_with_comments(partner, state.revision, OfficerFactory.create(), {}, "Say what people see when they come.")
    sign_browser_in(page, member)
    _go(page, f"/portal/{partner.pk}/page/returned/", "An officer asks for a change")


def _own_page_asked(page: Page, name: str) -> None:
    """At what was returned of the own page: a comment on each aspect."""
    partner, member = _press(name)
    state = sent(partner, member, summary="We bind.", description="We bind.")
    slugs = [aspect.slug for aspect in Partner.aspects]
    return_with_comments(partner, state.revision, OfficerFactory.create(), dict.fromkeys(slugs, "Look once more."), "")
    sign_browser_in(page, member)
    _go(page, f"/portal/{partner.pk}/page/returned/", "to change")


def _returned_page_fields(page: Page) -> None:
    _own_page_asked(page, "Endpaper House")
    page.get_by_label("In one sentence").fill("We bind books by hand.")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("You have changed this.")).to_be_visible()


def _returned_page_mistakes(page: Page) -> None:
    _own_page_asked(page, "Headband House")
    page.get_by_label("Name", exact=True).fill("")
    page.get_by_label("Website (optional)").fill("nowhere")
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_role("alert")).to_contain_text("Type the name of your organisation.")


def _lower(page: Page) -> None:
    partner, member = _press("Inkwell Yard")
    live = _offer(partner, "Rule a page", cost="paid", cost_amount="6.00", cost_unit="pupil")
    sign_browser_in(page, member)
    _go(page, f"/portal/{partner.pk}/opportunities/{live.pk}/price/", "Lower the price")
    page.get_by_label("Price in pounds").fill("9")
    page.get_by_role("button", name="Change it now").click()
    expect(page.get_by_role("alert")).to_contain_text("A price may only get lower")


# Each begins where somebody is sent who is not signed in yet.
STATES = {
    "review, changes": State("/portal/", "Sign in", _changes),
    "review, something new": State("/portal/", "Sign in", _new),
    "review, with mistakes": State("/portal/", "Sign in", _mistakes),
    "review, decided already": State("/portal/", "Sign in", _decided),
    "review, what waits": State("/portal/", "Sign in", _waiting),
    "review, changed without a check": State("/portal/", "Sign in", _without_check),
    "review, too late": State("/portal/", "Sign in", _too_late),
    "returned, an opportunity": State("/portal/", "Sign in", _returned),
    "returned, all sorts of fields": State("/portal/", "Sign in", _returned_all_sorts),
    "returned, with mistakes": State("/portal/", "Sign in", _returned_mistakes),
    "returned, the page of a partner": State("/portal/", "Sign in", _returned_page),
    "returned, the fields of the own page": State("/portal/", "Sign in", _returned_page_fields),
    "returned, the own page with mistakes": State("/portal/", "Sign in", _returned_page_mistakes),
    "lower the price": State("/portal/", "Sign in", _lower),
}

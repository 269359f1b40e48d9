"""Describing opportunities in the portal, step by step."""

from typing import Any

from playwright.sync_api import Page, expect

from opportunities import drafting
from opportunities.models import Opportunity
from partners.models import Partner
from tests.browser.looking import State
from tests.browser.signing_in import sign_browser_in
from tests.factories import (
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
    SessionFactory,
    SiteFactory,
    assure,
)


def _partner(page: Page, name: str) -> tuple[Partner, Any]:
    partner = PartnerFactory.create(name=name)
    SiteFactory.create(partner=partner, name="Bindery")
    assure(partner)
    member = PartnerMemberFactory.create(partner=partner)
    sign_browser_in(page, member)
    return partner, member


def _go(page: Page, partner: Partner, path: str = "") -> None:
    page.goto(f"{page.evaluate('location.origin')}/portal/{partner.pk}/opportunities/{path}")


def _list(page: Page) -> None:
    partner, member = _partner(page, "Offers in every state")
    SessionFactory.create(
        opportunity=OpportunityFactory.create(title="A live one with dates", offered_by=partner, availability="dated")
    )
    OpportunityFactory.create(
        title="A draft with a rather long title that says all it can", offered_by=partner, live=False
    )
    drafting.submit(OpportunityFactory.create(title="With the officers", offered_by=partner, live=False), member)
    _go(page, partner)
    expect(page.get_by_role("heading", level=1)).to_have_text("Opportunities")


def _empty(page: Page) -> None:
    partner, _ = _partner(page, "Offers nothing yet")
    _go(page, partner)
    expect(page.get_by_text("ten minutes will do")).to_be_visible()


def _begin(page: Page) -> None:
    partner, _ = _partner(page, "Begins with a mistake")
    _go(page, partner, "new/")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what you want to offer.")


def _begun(page: Page, name: str, kind: str = "placement") -> tuple[Partner, Any, Opportunity]:
    partner, member = _partner(page, name)
    return partner, member, drafting.begin(partner, kind, f"A week: {name}", member)


def _full(page: Page, name: str, **fields: Any) -> tuple[Partner, Any, Opportunity]:
    partner, member = _partner(page, name)
    made = OpportunityFactory.create(
        title=f"Two weeks: {name}",
        kind="placement",
        offered_by=partner,
        live=False,
        audiences=["ks4"],
        skills={"creativity": "Choose words, type and colour.", "organisation": "Finish an order in time."},
        access={"step-free": True, "hearing-loop": False},
        access_route="Write to us.",
        **fields,
    )
    return partner, member, made


def _what(page: Page) -> None:
    partner, _, draft = _begun(page, "Says what it is")
    _go(page, partner, f"{draft.pk}/step/what/")
    expect(page.get_by_role("heading", name="What it is", exact=True)).to_be_visible()


def _doing(page: Page) -> None:
    partner, _, draft = _full(page, "Says what they do")
    _go(page, partner, f"{draft.pk}/step/doing/")
    page.get_by_text("Sectors, themes and subjects").click()
    page.get_by_label("What", exact=True).first.fill("Mix the ink")
    page.get_by_role("button", name="Save and add another line").click()
    expect(page.get_by_role("alert")).to_contain_text("Say when")


def _who(page: Page) -> None:
    partner, _, draft = _begun(page, "Says for whom", "course")
    _go(page, partner, f"{draft.pk}/step/who/")
    page.get_by_label("Eligible from age").fill("25")
    page.get_by_label("Eligible to age").fill("19")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Swap them")


def _work(page: Page) -> None:
    partner, _, draft = _full(page, "Says how it is", supervisor_role="", tasks="", under_16=None)
    _go(page, partner, f"{draft.pk}/step/work/")
    expect(page.get_by_role("heading", name="Three safeguarding questions")).to_be_visible()


def _place(page: Page) -> None:
    partner, _, draft = _full(page, "Says where")
    _go(page, partner, f"{draft.pk}/step/place/")
    page.get_by_label("First half of the postcode").fill("nowhere")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _part(page: Page) -> None:
    partner, _, draft = _begun(page, "Says what it costs", "visit")
    _go(page, partner, f"{draft.pk}/step/part/")
    expect(page.get_by_role("heading", name="Cost and taking part")).to_be_visible()


def _lacking(page: Page) -> None:
    partner, _, draft = _begun(page, "Lacks much")
    _go(page, partner, f"{draft.pk}/")
    expect(page.get_by_role("heading", name="Before you can send it")).to_be_visible()


def _ready(page: Page) -> None:
    partner, _, draft = _full(page, "Is ready", alone_with_one_adult=True)
    _go(page, partner, f"{draft.pk}/")
    expect(page.get_by_role("button", name="Send to the officers")).to_be_visible()


def _sent(page: Page) -> None:
    partner, _, draft = _full(page, "Is with the officers")
    _go(page, partner, f"{draft.pk}/")
    page.get_by_role("button", name="Send to the officers").click()
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()


def _live(page: Page) -> None:
    partner, _ = _partner(page, "Is public")
    made = OpportunityFactory.create(title="Set, ink, pull", offered_by=partner)
    _go(page, partner, f"{made.pk}/")
    page.get_by_text("End it", exact=True).click()
    expect(page.get_by_role("button", name="Yes, end it now")).to_be_visible()


def _discard(page: Page) -> None:
    partner, _, draft = _full(page, "Is thrown away")
    SessionFactory.create(opportunity=draft)
    _go(page, partner, f"{draft.pk}/discard/")
    expect(page.get_by_role("button", name="Yes, discard the draft")).to_be_visible()


def _discard_changes(page: Page) -> None:
    partner, member = _partner(page, "Thinks again")
    made = OpportunityFactory.create(title="Set, ink, pull once more", offered_by=partner)
    theirs = made.get_latest_revision_as_object()
    theirs.summary, theirs.cost_help = "Set type by hand.", "Two come free."
    drafting.keep(theirs, member, seen=made.latest_revision_id)
    _go(page, partner)
    page.get_by_role("link", name="Discard the changes of Set, ink, pull once more").click()
    expect(page.get_by_role("button", name="Yes, discard the changes")).to_be_visible()


def _together(page: Page) -> None:
    partner, member, draft = _begun(page, "Writes together")
    _go(page, partner, f"{draft.pk}/step/what/")
    theirs = draft.get_latest_revision_as_object()
    theirs.summary = "Set type by hand."
    drafting.keep(theirs, member, seen=draft.latest_revision_id)
    page.get_by_label("In one sentence").fill("Print a poster.")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", name="What stands there now")).to_be_visible()


def _preview(page: Page) -> None:
    partner, _, draft = _full(page, "Looks at it")
    _go(page, partner, f"{draft.pk}/")
    page.get_by_role("link", name="Preview").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Two weeks: Looks at it")


# Pages of who is signed in begin where somebody is sent who is not yet.
STATES = {
    "own opportunities": State("/portal/", "Sign in", _list),
    "own opportunities, none": State("/portal/", "Sign in", _empty),
    "new opportunity, mistakes": State("/portal/", "Sign in", _begin),
    "step what": State("/portal/", "Sign in", _what),
    "step doing, a mistake": State("/portal/", "Sign in", _doing),
    "step who, a mistake": State("/portal/", "Sign in", _who),
    "step work": State("/portal/", "Sign in", _work),
    "step place, a mistake": State("/portal/", "Sign in", _place),
    "step part": State("/portal/", "Sign in", _part),
    "own opportunity, lacking": State("/portal/", "Sign in", _lacking),
    "own opportunity, ready": State("/portal/", "Sign in", _ready),
    "own opportunity, sent": State("/portal/", "Sign in", _sent),
    "own opportunity, live": State("/portal/", "Sign in", _live),
    "own opportunity, discard the draft": State("/portal/", "Sign in", _discard),
    "own opportunity, discard the changes": State("/portal/", "Sign in", _discard_changes),
    "step, two at once": State("/portal/", "Sign in", _together),
    "own opportunity, preview": State("/portal/", "Sign in", _preview),
}

"""The dates of an opportunity in the portal, and a partner's table of opportunities."""

from typing import Any

from playwright.sync_api import FilePayload, Page, expect

from opportunities.importing import services
from opportunities.models import ImportRun, Opportunity
from opportunities.services import cancel_session
from partners.models import Partner
from tests.browser.looking import State
from tests.browser.signing_in import sign_browser_in
from tests.factories import OpportunityFactory, PartnerFactory, PartnerMemberFactory, SessionFactory, SiteFactory
from tests.factories.tables import as_csv
from tests.portal.dates import monday, rule
from tests.portal.uploads import SITE, own_row

#: What somebody types into the rule.
RULE = {
    "First date": monday().isoformat(),
    "Starts at": "10:00",
    "Ends at": "14:30",
    "Places on each date": "30",
}


def _go(page: Page, path: str, heading: str) -> None:
    page.goto(f"{page.evaluate('location.origin')}{path}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def _partner(page: Page, name: str) -> Partner:
    """A partner, for which whoever looks at the page acts."""
    partner = PartnerFactory.create(name=name)
    SiteFactory.create(partner=partner, name=SITE, postcode="E1 6AN")
    sign_browser_in(page, PartnerMemberFactory.create(partner=partner))
    return partner


def _opportunity(page: Page, title: str, **fields: Any) -> tuple[Opportunity, str]:
    """An opportunity with dates of every kind, and the address of its dates."""
    opportunity = OpportunityFactory.create(
        title=title, offered_by=_partner(page, f"{title}, makers"), availability="dated", **fields
    )
    SessionFactory.create(opportunity=opportunity, in_days=8, taken=21, waiting=0)
    SessionFactory.create(opportunity=opportunity, in_days=10, taken=30, waiting=7)
    SessionFactory.create(opportunity=opportunity, in_days=12, capacity=None, label="Relaxed session")
    cancel_session(SessionFactory.create(opportunity=opportunity, in_days=15), "Our large press is broken.")
    return opportunity, f"/portal/{opportunity.offered_by_id}/opportunities/{opportunity.pk}/dates/"


def _dates(page: Page) -> None:
    _, address = _opportunity(page, "Set, ink, pull: a day in a working print room")
    _go(page, address, "Dates and places")


def _shown(page: Page) -> None:
    _, address = _opportunity(page, "Shown before it is made")
    _go(page, address, "Dates and places")
    page.get_by_role("link", name="Several dates by a rule").click()
    for label, value in RULE.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Last date").fill(rule()["last"])
    page.get_by_label("Mon", exact=True).check()
    page.get_by_label("Wed", exact=True).check()
    page.get_by_role("button", name="Show the dates").click()
    expect(page.get_by_role("button", name="Add the ticked dates")).to_be_visible()
    page.get_by_role("checkbox").last.click()


def _added(page: Page) -> None:
    _shown_of(page, "Made by a rule")
    page.get_by_role("button", name="Add the ticked dates").click()
    expect(page.get_by_role("status").filter(has_text="added")).to_be_visible()


def _shown_of(page: Page, title: str) -> None:
    _, address = _opportunity(page, title)
    pairs = [(name, each) for name, value in rule().items() for each in (value if isinstance(value, list) else [value])]
    _go(page, f"{address}?{'&'.join(f'{name}={each}' for name, each in pairs)}", "Dates and places")


def _wrong(page: Page) -> None:
    _, address = _opportunity(page, "A rule with mistakes")
    _go(page, f"{address}?add=rule", "Dates and places")
    page.get_by_role("button", name="Show the dates").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick at least one day of the week.")


def _one_wrong(page: Page) -> None:
    _, address = _opportunity(page, "A single date with mistakes")
    _go(page, address, "Dates and places")
    page.get_by_label("Starts at").fill("14:30")
    page.get_by_label("Ends at").fill("10:00")
    page.get_by_label("Places").fill("many")
    page.get_by_role("button", name="Add this date").click()
    expect(page.get_by_role("alert")).to_contain_text("Type the day.")


def _one_added(page: Page) -> None:
    """By the keyboard alone, from field to field."""
    _, address = _opportunity(page, "A single date")
    _go(page, address, "Dates and places")
    page.get_by_label("Date", exact=True).fill(monday().isoformat())
    page.get_by_label("Starts at").fill("10:00")
    page.get_by_label("Ends at").fill("14:30")
    page.get_by_label("Places").focus()
    page.keyboard.type("30")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="is added")).to_be_visible()


def _one(page: Page, title: str, ending: str, heading: str, **fields: Any) -> None:
    opportunity, address = _opportunity(page, title)
    session = SessionFactory.create(opportunity=opportunity, **fields)
    _go(page, f"{address}{session.pk}/{ending}", heading)


def _session(page: Page) -> None:
    _one(page, "One date", "", "20", in_days=40, taken=12)


def _session_wrong(page: Page) -> None:
    _one(page, "One date with mistakes", "", "20", in_days=41, taken=12)
    page.get_by_label("Places").fill("11")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("12 places are taken already.")


def _cancelling(page: Page) -> None:
    _one(page, "A date to be cancelled", "cancel/", "Cancel", in_days=42)


def _cancelling_wrong(page: Page) -> None:
    _one(page, "A date cancelled without words", "cancel/", "Cancel", in_days=43, taken=4)
    page.get_by_role("button", name="Cancel this date").click()
    expect(page.get_by_role("alert")).to_contain_text("Say in a sentence what schools should read.")


def _cancelled(page: Page) -> None:
    opportunity, address = _opportunity(page, "A cancelled date")
    gone = opportunity.sessions.exclude(cancelled_at=None).get()
    _go(page, f"{address}{gone.pk}/", "20")


def _public(page: Page) -> None:
    opportunity, _ = _opportunity(page, "Some dates off")
    _go(page, opportunity.get_absolute_url(), "Some dates off")
    expect(page.get_by_text("Our large press is broken.")).to_be_visible()


def _run(partner: Partner, name: str, rows: list[dict[str, str]], *, read: bool = True) -> ImportRun:
    """A table that was sent, and read if so."""
    data = as_csv(rows)
    member = partner.memberships.get().user
    run = services.begin_upload(partner, name, len(data), lambda: data, user=member)
    if read:
        services.read(run)
    return run


def _upload(page: Page) -> None:
    partner = _partner(page, "Type and Table")
    services.discard(_run(partner, "last year.csv", [own_row()]))
    _go(page, f"/portal/{partner.pk}/upload/", "Upload a table of opportunities")
    page.get_by_text("What the columns mean").click()


def _upload_wrong(page: Page) -> None:
    partner = _partner(page, "Type and Trouble")
    _go(page, f"/portal/{partner.pk}/upload/", "Upload a table of opportunities")
    page.get_by_label("Your table").set_input_files(
        FilePayload(name="offers.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7")
    )
    page.get_by_role("button", name="Read the table").click()
    expect(page.get_by_role("alert")).to_contain_text("This is a PDF.")


def _read(page: Page) -> None:
    partner = _partner(page, "Type and Tin")
    rows = [own_row(n, **({"kind": "palace", "years": "9-7"} if n % 3 == 0 else {})) for n in range(9)]
    run = _run(partner, "this year.csv", [*rows, own_row(1), own_row(20, title="x" * 90)])
    _go(page, f"/portal/{partner.pk}/upload/{run.pk}/", "This is what would happen")


def _moving(page: Page) -> None:
    partner = _partner(page, "Type and Time")
    run = _run(partner, "long.csv", [own_row(n) for n in range(3)], read=False)
    ImportRun.objects.filter(pk=run.pk).update(rows_done=2)
    _go(page, f"/portal/{partner.pk}/upload/{run.pk}/", "Your table is being read")
    # The page asks again by itself.
    ImportRun.objects.filter(pk=run.pk).update(rows_done=3)
    expect(page.get_by_text("3 of 3").last).to_be_visible()


def _done(page: Page) -> None:
    partner = _partner(page, "Type and Trade")
    run = _run(partner, "done.csv", [own_row(), own_row(2, title="")])
    services.confirm(run)
    services.carry_out(run)
    _go(page, f"/portal/{partner.pk}/upload/{run.pk}/", "Your drafts are there")


STATES = {
    "portal, dates": State("/shortlist/", "shortlist", _dates),
    "portal, a single date with mistakes": State("/shortlist/", "shortlist", _one_wrong),
    "portal, a single date by the keyboard": State("/shortlist/", "shortlist", _one_added),
    "portal, dates shown before they are made": State("/shortlist/", "shortlist", _shown),
    "portal, dates added": State("/shortlist/", "shortlist", _added),
    "portal, dates with mistakes": State("/shortlist/", "shortlist", _wrong),
    "portal, one date": State("/shortlist/", "shortlist", _session),
    "portal, one date with mistakes": State("/shortlist/", "shortlist", _session_wrong),
    "portal, cancelling a date": State("/shortlist/", "shortlist", _cancelling),
    "portal, cancelling a date with mistakes": State("/shortlist/", "shortlist", _cancelling_wrong),
    "portal, a cancelled date": State("/shortlist/", "shortlist", _cancelled),
    "opportunity, a date cancelled": State("/shortlist/", "shortlist", _public),
    "portal, upload": State("/shortlist/", "shortlist", _upload),
    "portal, upload refused": State("/shortlist/", "shortlist", _upload_wrong),
    "portal, upload read": State("/shortlist/", "shortlist", _read),
    "portal, upload at work": State("/shortlist/", "shortlist", _moving),
    "portal, upload done": State("/shortlist/", "shortlist", _done),
}

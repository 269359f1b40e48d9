"""Lists that are longer than a page: what a partner offers, the dates of an opportunity, a campaign's programme."""

from datetime import datetime, timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from opportunities.models import Campaign, Opportunity, Session
from partners.models import Partner
from tests.browser.looking import State
from tests.factories import OpportunityFactory, PartnerFactory, SiteFactory, assure


def long_partner(name: str, offers: int = 230) -> Partner:
    """A partner with so many opportunities and eight sites."""
    partner: Partner = PartnerFactory.create(name=name)
    assure(partner)
    for n in range(8):
        SiteFactory.create(partner=partner, name=f"Library {n + 1}", order=n)
    kinds = ("visit", "talk", "outdoor", "cpd")
    for n, kind in enumerate(kinds):
        OpportunityFactory.create(title=f"Of the kind {n}", kind=kind, offered_by=partner, skills=["creativity"])
    Opportunity.objects.bulk_create(
        Opportunity(
            title=f"What we offer, number {n}",
            summary="Something to do with hands and words.",
            kind=kinds[n % len(kinds)],
            offered_by=partner,
            live=True,
            first_published_at=timezone.now(),
        )
        for n in range(offers - len(kinds))
    )
    return partner


def _go(page: Page, path: str, heading: str) -> None:
    page.goto(f"{page.evaluate('location.origin')}{path}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def _offers(page: Page) -> None:
    _go(page, f"{long_partner('Lothbury Libraries').get_absolute_url()}?page=6", "Lothbury Libraries")
    expect(page.get_by_text("Showing 101 to 120 of 230")).to_be_visible()


def _dates(page: Page) -> None:
    title = "A walk each day"
    opportunity = OpportunityFactory.create(title=title, availability="dated")
    _add_days(opportunity, 300)
    _go(page, f"{opportunity.get_absolute_url()}?page=8", title)
    expect(page.get_by_text("Showing 141 to 160 of 300 dates")).to_be_visible()


def _programme(page: Page) -> None:
    festival = Campaign.objects.get(slug="careers-festival")
    talk = OpportunityFactory.create(title="One of many talks", kind="talk", campaign=festival, availability="dated")
    now = timezone.now()
    day = max(festival.starts_on, timezone.localdate() + timedelta(days=1))
    begins = timezone.localtime(now).replace(hour=9, minute=0, second=0, microsecond=0)
    begins += day - timezone.localdate()
    _add(talk, [begins + timedelta(minutes=5 * n) for n in range(70)])
    _go(page, "/careers-festival/?page=2", "Meet the working city")
    expect(page.get_by_text("Showing 41 to")).to_be_visible()


def _add_days(opportunity: Opportunity, count: int) -> None:
    now = timezone.now()
    _add(opportunity, [now + timedelta(days=n + 2) for n in range(count)])


def _add(opportunity: Opportunity, starts: list[datetime]) -> None:
    Session.objects.bulk_create(
        Session(opportunity=opportunity, starts=each, ends=each + timedelta(minutes=90), capacity=30, taken=n % 31)
        for n, each in enumerate(starts)
    )


STATES = {
    "partner with many offers": State("/partners/", "partner", _offers),
    "opportunity with many dates": State("/partners/", "partner", _dates),
    "programme in pages": State("/partners/", "partner", _programme),
}

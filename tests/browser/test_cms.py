"""The CMS in a real browser: its scripts run under our policy, choosers choose, forms save. No complaint, no other host."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Picture
from playwright.sync_api import FrameLocator, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.images import get_image_model

from accounts.models import User
from opportunities.models import Opportunity
from pages.models import GuidanceIndexPage, GuidancePage, HomePage
from partners.models import Partner
from taxonomy.models import FusionSkill
from tests.browser.people import sign_in
from tests.factories import (
    AssuranceFactory,
    EditorFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    SessionFactory,
    SiteFactory,
    term,
)

pytestmark = pytest.mark.django_db(transaction=True)


def enter(page: Page, site: LiveServer, user: User) -> None:
    """Signed in, at the first page of the CMS."""
    sign_in(page, site.url, user)
    page.goto(f"{site.url}/admin/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Find Fusion")


def modal(page: Page) -> Locator:
    return page.locator(".modal-content")


def choose(page: Page, field: Locator, button: str, words: str, name: str) -> None:
    """Opens a chooser, types words, takes what is found."""
    field.get_by_role("button", name=button).click()
    modal(page).get_by_placeholder("Search").fill(words)
    found = modal(page).locator("tbody tr")
    expect(found).to_have_count(1)
    found.get_by_role("link", name=name).click()
    expect(field.get_by_text(name)).to_be_visible()


def panel(page: Page, name: str) -> Locator:
    return page.locator(f"[data-contentpath='{name}']")


def test_an_officer_opens_every_desk(page: Page, live_server: LiveServer) -> None:
    opportunity = OpportunityFactory.create(
        title="Set, ink, pull",
        kind="placement",
        availability="dated",
        skills=["creativity"],
        access={"bsl": True},
        with_partners=[PartnerFactory.create()],
        leads_to=[OpportunityFactory.create()],
        under_16=True,
    )
    partner = opportunity.offered_by
    SessionFactory.create(opportunity=opportunity)
    SiteFactory.create(partner=partner)
    AssuranceFactory.create(partner=partner, in_days=5)
    opportunity.save_revision()
    enter(page, live_server, OfficerFactory.create())
    snippet, beside = "/admin/snippets", f"?opportunity={opportunity.pk}"
    for address, says in (
        ("/admin/", "Waiting for an officer"),
        (f"{snippet}/partners/partner/", partner.name),
        (f"{snippet}/partners/partner/edit/{partner.pk}/", "Employs people"),
        (f"{snippet}/partners/partner/suspend/{partner.pk}/", "leaves the public pages at once"),
        (f"{snippet}/partners/partner/history/{partner.pk}/", partner.name),
        (f"{snippet}/opportunities/opportunity/", "Set, ink, pull"),
        (f"{snippet}/opportunities/opportunity/add/", "What it is"),
        (f"/admin/opportunities/sessions/new/{beside}", "Places taken"),
        (f"/admin/opportunities/safeguarding-decisions/new/{beside}", "May somebody under 16 take part? Yes"),
        ("/admin/opportunities/sessions/", "Places taken"),
        ("/admin/partners/documents/", "Public liability insurance"),
        ("/admin/schools/schools/new/", "Family of Schools"),
    ):
        page.goto(f"{live_server.url}{address}")
        expect(page.locator("main")).to_contain_text(says)
    page.goto(f"{live_server.url}{snippet}/opportunities/opportunity/edit/{opportunity.pk}/")
    for tab in ("Who it is for", "Where, when and how", "By kind", "Standing and sessions"):
        page.get_by_role("tab", name=tab).click()
    expect(page.get_by_text("Placement standard: 6 of 8 met")).to_be_visible()


def test_an_opportunity_is_drafted_with_choosers_and_rows_and_published(
    page: Page, live_server: LiveServer, settings: Any
) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0  # it would send unfinished rows, which are refused with 400
    partner = PartnerFactory.create(name="Foundry Lane Press")
    PartnerFactory.create_batch(12)
    SiteFactory.create(partner=partner, name="The works")
    target = OpportunityFactory.create(title="A week at the press")
    enter(page, live_server, OfficerFactory.create())
    page.goto(f"{live_server.url}/admin/snippets/opportunities/opportunity/add/")
    choose(page, panel(page, "offered_by"), "Choose partner", "foundry", "Foundry Lane Press")
    page.locator("[name=title]").fill("Set, ink, pull")
    page.locator("[name=kind]").select_option("visit")
    page.locator("[name=summary]").fill("Print a poster.")
    page.locator("textarea[name=description]").fill("A day of printing.")
    page.get_by_role("tab", name="Who it is for").click()
    page.get_by_role("button", name="Add Skill").click()
    page.locator("[name=skill_items-0-tag]").select_option(str(term(FusionSkill, "creativity").pk))
    page.locator("[name=skill_items-0-practice]").fill("By drawing a letter.")
    page.get_by_role("tab", name="Where, when and how").click()
    choose(page, panel(page, "site"), "Choose a site", "works", "The works, EC2Y")
    page.get_by_role("button", name="Add Opportunity").click()
    choose(page, page.locator("#inline_child_leads_to-0"), "Choose opportunity", "press week", "A week at the press")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages")).to_contain_text("Set, ink, pull")
    page.get_by_role("button", name="More actions").or_(page.locator(".actions .w-dropdown__toggle")).first.click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages")).to_contain_text("published")
    opportunity = Opportunity.objects.get(title="Set, ink, pull")
    assert opportunity.live
    assert opportunity.site is not None
    assert [(row.tag.slug, row.practice) for row in opportunity.skill_items.all()] == [
        ("creativity", "By drawing a letter.")
    ]
    assert [row.target for row in opportunity.leads_to.all()] == [target]


def test_a_picture_is_chosen_and_the_page_previewed(page: Page, live_server: LiveServer) -> None:
    picture = BytesIO()
    Picture.new("RGB", (400, 300), (120, 40, 90)).save(picture, "PNG")
    get_image_model().objects.create(title="The press", file=ContentFile(picture.getvalue(), "press.png"))
    partner = PartnerFactory.create(name="Foundry Lane Press")
    enter(page, live_server, OfficerFactory.create())
    page.goto(f"{live_server.url}/admin/snippets/partners/partner/edit/{partner.pk}/")
    panel(page, "image").get_by_role("button", name="Choose an image").click()
    modal(page).get_by_role("link", name="The press").click()
    expect(panel(page, "image").get_by_text("The press")).to_be_visible()
    page.locator("[name=summary]").fill("Printers of posters.")
    page.get_by_role("button", name="Toggle preview").click()
    preview: FrameLocator = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", level=1)).to_have_text("Foundry Lane Press")
    expect(preview.get_by_text("Printers of posters.").first).to_be_visible()
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages")).to_contain_text("updated")
    draft = Partner.objects.get(pk=partner.pk).get_latest_revision_as_object()
    assert (draft.image.title, draft.summary) == ("The press", "Printers of posters.")


def test_a_list_is_narrowed_by_a_partner_that_is_chosen(page: Page, live_server: LiveServer) -> None:
    partner = PartnerFactory.create(name="Foundry Lane Press")
    OpportunityFactory.create(title="Set, ink, pull", offered_by=partner)
    OpportunityFactory.create(title="Mudlarking")
    enter(page, live_server, OfficerFactory.create())
    page.goto(f"{live_server.url}/admin/snippets/opportunities/opportunity/")
    page.get_by_role("button", name="Show filters").click()
    page.get_by_role("button", name="Partner", exact=True).click()
    page.get_by_role("button", name="Choose partner").click()
    modal(page).get_by_placeholder("Search").fill("foundry")
    expect(modal(page).locator("tbody tr")).to_have_count(1)
    modal(page).get_by_role("link", name="Foundry Lane Press").click()
    expect(page.get_by_text("Mudlarking")).to_have_count(0)
    expect(page.get_by_role("link", name="Set, ink, pull")).to_be_visible()
    assert re.search(rf"offered_by={partner.pk}\b", page.url)


def test_an_editor_writes_a_guide_of_blocks_with_rich_text(page: Page, live_server: LiveServer) -> None:
    home = HomePage.objects.get()
    index = GuidanceIndexPage.objects.first() or home.add_child(instance=GuidanceIndexPage(title="Guides"))
    guide = index.add_child(instance=GuidancePage(title="Plan a visit", lead="You can plan a visit.", live=True))
    enter(page, live_server, EditorFactory.create())
    page.goto(f"{live_server.url}/admin/pages/{guide.pk}/edit/")
    page.get_by_role("button", name="Insert a block").click()
    page.get_by_role("option", name=re.compile("text|paragraph", re.IGNORECASE)).first.click()
    page.locator(".Draftail-Editor .public-DraftEditor-content").click()
    page.keyboard.type("Ask the partner first.")
    expect(page.locator("[name='body-0-value']")).to_have_value(re.compile("Ask the partner first"))
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages")).to_contain_text("Plan a visit")
    draft = GuidancePage.objects.get(pk=guide.pk).get_latest_revision_as_object()
    assert "Ask the partner first." in str(draft.body)

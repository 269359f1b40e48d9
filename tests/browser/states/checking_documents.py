"""Officers check documents, in the CMS: what waits, one to decide on, a mistake, one that is decided."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import Page, expect

from partners.models import AssuranceDocument, Partner
from tests.browser.looking import State
from tests.browser.signing_in import sign_browser_in
from tests.factories import AssuranceDocumentFactory, OfficerFactory
from tests.portal import made_files as made

# What Wagtail draws around our pages is not ours to measure.
OURS = ".content-wrapper .nice-padding"


def _sent(name: str, **fields: Any) -> AssuranceDocument:
    """A photograph that this partner of the world sent; none of its others waits."""
    AssuranceDocument.objects.filter(partner__name=name, state="waiting").update(state="taken_back")
    photograph = ContentFile(made.picture(), name="photograph")
    partner = Partner.objects.get(name=name)
    return AssuranceDocumentFactory.create(partner=partner, file=photograph, **fields)


def _open(page: Page, path: str, heading: str) -> None:
    sign_browser_in(page, OfficerFactory.create())
    page.goto(f"{page.evaluate('location.origin')}/admin/documents-to-check/{path}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def _nothing_waits(page: Page) -> None:
    AssuranceDocument.objects.filter(state="waiting").update(state="taken_back")
    _open(page, "", "Documents to check")
    expect(page.get_by_text("No document waits.")).to_be_visible()


def _waiting(page: Page) -> None:
    _sent("Tallowgate Playhouse", expires=None)
    _sent("Amina Roe, printer", kind="safeguarding_policy")
    _open(page, "", "Documents to check")


def _of_one_partner(page: Page) -> None:
    document = _sent("Tallowgate Playhouse")
    _sent("Tallowgate Playhouse", state="returned", reason="The date is cut off.", decided_at=timezone.now())
    _open(page, f"?partner={document.partner_id}", "Documents")


def _one(page: Page) -> None:
    _open(page, f"{_sent('Tallowgate Playhouse').key}/", "Documents to check")
    expect(page.get_by_role("img", name="The photograph that was sent as")).to_be_visible()


def _mistake(page: Page) -> None:
    _open(page, f"{_sent('Amina Roe, printer').key}/", "Documents to check")
    page.get_by_role("button", name="Return it").click()
    expect(page.get_by_text("Say what is wrong")).to_be_visible()


def _decided(page: Page) -> None:
    words = "The date is cut off.\n\nPhotograph the whole page."
    document = _sent("Tallowgate Playhouse", kind="vetting", state="returned", reason=words, decided_at=timezone.now())
    _open(page, f"{document.key}/", "Documents to check")
    expect(page.get_by_text("The date is cut off.")).to_be_visible()


# Each begins where somebody is sent who is not signed in yet.
STATES = {
    "documents to check, none": State("/portal/", "Sign in", _nothing_waits, OURS),
    "documents to check": State("/portal/", "Sign in", _waiting, OURS),
    "documents to check, of one partner": State("/portal/", "Sign in", _of_one_partner, OURS),
    "check a document": State("/portal/", "Sign in", _one, OURS),
    "check a document, with a mistake": State("/portal/", "Sign in", _mistake, OURS),
    "check a document, decided already": State("/portal/", "Sign in", _decided, OURS),
}

"""A partner's documents: how they stand, what came back, a file that is not taken, and one that waits."""

from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from partners.models import Partner
from tests.browser.looking import State
from tests.browser.signing_in import sign_browser_in
from tests.factories import AssuranceDocumentFactory, PartnerMemberFactory
from tests.portal import made_files as made

CERTIFICATE: FilePayload = {"name": "IMG_0001.JPG", "mimeType": "image/jpeg", "buffer": made.picture()}
SCRIPT: FilePayload = {"name": "certificate.jpg", "mimeType": "image/jpeg", "buffer": b"<script>alert(1)</script>"}


def open_documents(page: Page, name: str) -> None:
    """The documents of a partner of the world, as somebody who acts for it."""
    partner = Partner.objects.get(name=name)
    sign_browser_in(page, PartnerMemberFactory.create(partner=partner))
    page.goto(f"{page.evaluate('location.origin')}/portal/{partner.pk}/documents/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Documents")


def send(page: Page, file: FilePayload) -> None:
    """Chooses what it is, the file and its last day, and sends them."""
    page.get_by_label("Public liability insurance: the certificate").check()
    page.get_by_label("The file").set_input_files(file)
    page.get_by_label("The last day on which it holds").fill(f"{timezone.localdate().year + 1}-06-30")
    page.get_by_role("button", name="Send it to the officers").click()


def _in_date(page: Page) -> None:
    open_documents(page, "Tallowgate Playhouse")


def _nothing_chosen(page: Page) -> None:
    open_documents(page, "Tallowgate Playhouse")
    page.get_by_role("button", name="Send it to the officers").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what it is")


def _not_taken(page: Page) -> None:
    open_documents(page, "Tallowgate Playhouse")
    send(page, SCRIPT)
    expect(page.get_by_role("alert")).to_contain_text("a web page or a drawing")


def _waiting(page: Page) -> None:
    open_documents(page, "Tallowgate Playhouse")
    send(page, CERTIFICATE)
    expect(page.get_by_text("Being checked")).to_be_visible()


def _came_back(page: Page) -> None:
    printer = Partner.objects.get(name="Amina Roe, printer")
    # Other states have documents of this partner checked, before or after.
    printer.documents.all().delete()
    AssuranceDocumentFactory.create(
        partner=printer,
        state="returned",
        decided_at=timezone.now(),
        done_at=timezone.now(),
        reason="The date is cut off.\n\nPhotograph the whole page.",
    )
    open_documents(page, "Amina Roe, printer")
    expect(page.get_by_text("The date is cut off.")).to_be_visible()


# Each begins where somebody is sent who is not signed in yet.
STATES = {
    "documents": State("/portal/", "Sign in", _in_date),
    "documents, nothing chosen": State("/portal/", "Sign in", _nothing_chosen),
    "documents, not taken": State("/portal/", "Sign in", _not_taken),
    "documents, one waits": State("/portal/", "Sign in", _waiting),
    "documents, one came back": State("/portal/", "Sign in", _came_back),
}

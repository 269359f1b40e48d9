"""A certificate is photographed and sent from a phone, with and without scripts, and by the keyboard alone."""

from playwright.sync_api import Page, expect

from tests.browser.hands import Keyboard
from tests.browser.signing_in import sign_browser_in
from tests.browser.states.documents import CERTIFICATE, open_documents, send
from tests.browser.world import World
from tests.factories import OfficerFactory


def test_a_certificate_is_photographed_and_sent_from_a_phone(either_page: Page, world: World) -> None:
    page = either_page
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(world.address("/portal/"))
    open_documents(page, world.partner.name)
    send(page, CERTIFICATE)
    waiting = page.get_by_role("listitem").filter(has_text="Being checked")
    expect(waiting).to_contain_text("Public liability insurance, sent on")
    waiting.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Being checked")).to_have_count(0)


def test_it_is_sent_by_the_keyboard_alone(page: Page, world: World) -> None:
    page.goto(world.address("/portal/"))
    open_documents(page, world.sole_trader.name)
    keyboard = Keyboard(page)
    keyboard.tick("Public liability insurance: the certificate")
    keyboard.hand_over("The file", CERTIFICATE)
    page.keyboard.press("Tab")
    page.keyboard.type("06302027")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Being checked")).to_be_visible()


def test_an_officer_sees_the_photograph_and_accepts_it(page: Page, world: World) -> None:
    page.goto(world.address("/portal/"))
    open_documents(page, world.partner.name)
    send(page, CERTIFICATE)
    expect(page.get_by_text("Being checked")).to_be_visible()
    sign_browser_in(page, OfficerFactory.create())
    page.goto(world.address("/admin/documents-to-check/"))
    page.get_by_role("link", name=f"Public liability insurance of {world.partner.name}").click()
    photograph = page.get_by_role("img", name="The photograph that was sent as public liability insurance")
    expect(photograph).to_be_visible()
    assert photograph.evaluate("image => image.naturalWidth") == 640, "the policy of the file lets it show"
    page.get_by_role("button", name="Accept, as seen by me today").click()
    expect(page.get_by_text("Accepted, and recorded as seen by you today")).to_be_visible()

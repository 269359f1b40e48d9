"""The shortlist, shared lists, notes of what is missing, and reports of problems."""

from playwright.sync_api import Page, expect

from tests.browser.looking import State


def _saved(page: Page) -> None:
    for mark in page.locator(".ff-card__save").all()[:3]:
        mark.click()
        expect(mark).to_have_attribute("aria-pressed", "true")


def _list(page: Page) -> None:
    _saved(page)
    page.locator(".ff-nav").get_by_role("link", name="Shortlist").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your shortlist")


def _gone(page: Page) -> None:
    page.context.add_cookies([{"name": "shortlist", "value": "999999", "url": page.url}])
    page.reload()
    expect(page.get_by_role("heading", name="No longer open")).to_be_visible()


def _shared(page: Page) -> None:
    _list(page)
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("List ")


def _wanted_wrong(page: Page) -> None:
    page.get_by_label("Your e-mail address").fill("nobody")
    page.get_by_role("button", name="Send the note").click()
    expect(page.get_by_role("alert")).to_contain_text("Say what you are looking for.")


def _wanted(page: Page) -> None:
    page.get_by_label("What are you looking for?").fill("A foundry")
    page.get_by_role("button", name="Send the note").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for your note")


def _concern(page: Page) -> None:
    page.get_by_text("I am worried about somebody’s safety").click()
    expect(page.get_by_text("Officers read this in working hours only.")).to_be_visible()


def _report_wrong(page: Page) -> None:
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what kind of problem it is.")


def _report(page: Page) -> None:
    _concern(page)
    page.get_by_label("What is wrong?").fill("I saw something.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for your report")


STATES = {
    "results, three saved": State("/search/", "opportunit", _saved),
    "shortlist": State("/search/", "opportunit", _list),
    "shortlist, empty": State("/shortlist/", "Your shortlist is empty"),
    "shortlist, something gone": State("/shortlist/", "Your shortlist is empty", _gone),
    "shared list": State("/search/", "opportunit", _shared),
    "wanted": State("/wanted/?what=A+foundry", "Tell us what is missing"),
    "wanted, with mistakes": State("/wanted/", "Tell us what is missing", _wanted_wrong),
    "wanted, sent": State("/wanted/", "Tell us what is missing", _wanted),
    "report": State(lambda world: f"{world.workshop.get_absolute_url()}report/", "Report a problem", _concern),
    "report, with mistakes": State(
        lambda world: f"{world.partner.get_absolute_url()}report/", "Report a problem", _report_wrong
    ),
    "report, sent": State(lambda world: f"{world.workshop.get_absolute_url()}report/", "Report a problem", _report),
}

"""The search page and the list of partners."""

from playwright.sync_api import Page, expect

from tests.browser.looking import State


def _all_facets_open(page: Page) -> None:
    page.evaluate("document.querySelectorAll('#facets details').forEach(each => each.open = true)")


def _suggestions_open(page: Page) -> None:
    page.locator("input[data-suggest]").press_sequentially("cr")
    expect(page.get_by_role("option", name="Creativity")).to_be_visible()
    page.keyboard.press("ArrowDown")


STATES = {
    "suggestions at home": State("/", "Where classrooms", _suggestions_open),
    "suggestions in search": State("/search/", "opportunities", _suggestions_open),
    "few results": State("/search/?q=theatre&kind=talk", "opportunit"),
    "results with facets chosen": State(
        "/search/?q=theater+workshops+year+9&near=EC2Y&within=20&kind=visit&kind=talk&audience=ks3&open=1",
        "opportunit",
        _all_facets_open,
    ),
    "search with mistakes": State(
        "/search/?near=Atlantis&from=tomorrow&to=never&within=4&kind=picnic", "opportunities"
    ),
    "nothing found": State("/search/?q=theatre&kind=job&skill=resilience", "Nothing"),
    "nothing like it": State("/search/?q=xylophonist", "Nothing"),
    # Longer than any screen, and than any word that an index holds.
    "nothing for a very long word": State(f"/search/?q=xylophonist+{'letterpress' * 5}", "Nothing"),
    "no partners for a very long word": State(f"/partners/?q={'letterpress' * 8}", "o partner"),
    "partners": State("/partners/?near=E1&sector=law", "partner", _all_facets_open),
    "no partners": State("/partners/?q=xylophone", "o partner"),
}

"""What a reader's own surroundings make of a page: colours that the system sets, and paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .measuring import SMALL, STRUCTURE, assert_bears_wider_text, assert_well_made
from .world import World

# Too long for `make test`.
pytestmark = pytest.mark.prove_only

PAGES: dict[str, Callable[[World], str]] = {
    "search": lambda world: "/search/?q=theatre&audience=ks3",
    "opportunity": lambda world: world.workshop.get_absolute_url(),
}
FOCUSED = "() => { const box = document.activeElement.getBoundingClientRect(); return [box.x, box.y, box.width, box.height]; }"
STOPS = 14
AROUND = 6


def looks(page: Page, box: list[float]) -> bytes:
    """A picture of a box on the screen and a little around it."""
    x, y, width, height = box
    left, top = max(0, x - AROUND), max(0, y - AROUND)
    clip = {"x": left, "y": top, "width": min(width + 2 * AROUND, 1270 - left), "height": min(height + 2 * AROUND, 200)}
    return page.screenshot(clip=clip, caret="hide")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PAGES)
def test_where_the_focus_is_can_be_seen_in_colours_of_the_system(page: Page, world: World, name: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(world.address(PAGES[name](world)))
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        box = page.evaluate(FOCUSED)
        with_focus = looks(page, box)
        html = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        # A skip link is only there while it has the focus.
        page.evaluate("window.here = document.activeElement; here.blur()")
        assert looks(page, box) != with_focus, html
        page.evaluate("here.focus()")


def test_boxes_and_their_ticks_can_be_seen_in_colours_of_the_system(page: Page, world: World) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(world.address("/search/?q=theatre"))
    box = page.get_by_label("KS3", exact=False).first
    box.scroll_into_view_if_needed()
    label = page.locator(f"label[for='{box.get_attribute('id')}']")
    border = label.evaluate("each => getComputedStyle(each, '::before').borderTopWidth")
    assert float(border.removesuffix("px")) >= 1
    where = box.bounding_box()
    assert where is not None
    place = [where["x"], where["y"], where["width"], where["height"]]
    empty = looks(page, place)
    page.evaluate("id => { document.getElementById(id).checked = true; }", box.get_attribute("id"))
    assert looks(page, place) != empty


@pytest.mark.parametrize("name", [*PAGES, "partner", "privacy"])
def test_paper_holds_what_is_read_and_nothing_to_press(page: Page, world: World, name: str) -> None:
    paths = PAGES | {"partner": lambda world: world.partner.get_absolute_url(), "privacy": lambda world: "/privacy/"}
    page.goto(world.address(paths[name](world)))
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    pressed = page.locator("nav, .ff-nav, .ff-footer, button, input, select, .govuk-button, .govuk-skip-link, #facets")
    assert [each.evaluate("each => each.outerHTML.slice(0, 120)") for each in pressed.all() if each.is_visible()] == []


def test_what_keeps_people_out_is_noticed(page: Page, world: World) -> None:
    """The measuring of every page finds what it looks for."""
    page.goto(world.address("/privacy/"))
    assert_well_made(page, "as it is")
    assert_bears_wider_text(page, "as it is")
    page.evaluate("""() => {
        document.querySelector('main').insertAdjacentHTML(
            'beforeend', '<h5>Deep</h5><input id="bare"><p><button id="tiny">x</button></p><p id="tight">words</p>');
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('#tiny { all: unset; display: block; width: 12px; height: 12px }');
        document.adoptedStyleSheets = [sheet];
    }""")
    wrong = page.evaluate(STRUCTURE)
    assert [each.partition(":")[0] for each in wrong] == ["level 5 after 2", "no label"]
    assert [each for each in page.evaluate(SMALL, "body") if 'id="tiny"' in each and each.startswith("12 by 12")]
    page.evaluate("""() => {
        const tight = document.getElementById('tight');
        tight.style.setProperty('overflow', 'hidden');
        tight.style.setProperty('height', '20px');
    }""")
    with pytest.raises(AssertionError, match="cut off when text is spaced wider"):
        assert_bears_wider_text(page, "made tight")

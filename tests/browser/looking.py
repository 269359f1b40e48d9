"""How a page is looked at: where it is, what is done there, and that nobody is kept out of it."""

from collections.abc import Callable
from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .measuring import assert_bears_wider_text, assert_well_made
from .world import World

# The success criteria of WCAG 2.0 to 2.2 up to AA, and what axe recommends beside them.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WIDTHS = (1280, 320)
AXE = Axe()


def nothing(page: Page) -> None:
    """The page as it opens."""


@dataclass(frozen=True)
class State:
    """Where a page is, what its first heading says, what is done there before it is looked at, and what of it is ours."""

    path: str | Callable[[World], str]
    heading: str
    prepare: Callable[[Page], None] = nothing
    #: Which part of the page we made: of what Wagtail draws around it, targets and spacing are not measured.
    ours: str = "body"


def assert_without_barriers(page: Page, where: str) -> None:
    """Nothing that axe objects to, and nothing beyond the right edge."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    # Asked for here and not through the wrapper, which brings its half a megabyte of script at each question.
    found = page.evaluate("rules => axe.run(document, rules).then(all => all.violations)", RULES)
    assert [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found] == [], where
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{where} runs over the edge by {over} px"


@dataclass(frozen=True)
class Onlooker:
    """Looks at a state of a page as everybody may meet it: wide and narrow, with wider text."""

    page: Page
    world: World
    photograph: Callable[[Page, str], None]
    claim_title: Callable[[Page], None]

    def look(self, name: str, state: State) -> None:
        """Opens it and looks for barriers, sideways scroll, small targets, and a title that another page has, too."""
        page = self.page
        path = state.path if isinstance(state.path, str) else state.path(self.world)
        page.goto(self.world.address(path))
        expect(page.get_by_role("heading", level=1)).to_contain_text(state.heading)
        state.prepare(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            self.photograph(page, f"{name} {width}")
            assert_without_barriers(page, f"{name} at {width}")
            assert_well_made(page, f"{name} at {width}", state.ours)
            assert_bears_wider_text(page, f"{name} at {width}", state.ours)
        self.claim_title(page)

"""How somebody acts on a page: with a finger, or by the keyboard alone."""

from typing import Protocol

from playwright.sync_api import FilePayload, Locator, Page
from playwright.sync_api import TimeoutError as NothingCame

# Header, steps and the fields of the longest page: a person gives up long before this.
MOST_TABS = 90
FOCUSED = "each => each === document.activeElement"
IN_THE_SAME_GROUP = "each => document.activeElement.type === 'radio' && each.name === document.activeElement.name"


class Hands(Protocol):
    """What a person does; each names what it acts on by what the page calls it."""

    page: Page

    def press(self, name: str) -> None: ...

    def write(self, label: str, words: str) -> None: ...

    def tick(self, label: str, group: str = "") -> None: ...

    def pick(self, label: str, option: str) -> None: ...

    def hand_over(self, label: str, file: FilePayload) -> None: ...


def _named(page: Page, name: str) -> Locator:
    """A button or a link, or what opens a part of the page."""
    summary = page.locator("summary").filter(has_text=name)
    button = page.get_by_role("button", name=name, exact=True)
    return button.or_(page.get_by_role("link", name=name, exact=True)).or_(summary).first


def _choice(page: Page, label: str, group: str) -> Locator:
    where = page.get_by_role("group", name=group) if group else page
    return where.get_by_label(label, exact=bool(group)).first


class Finger:
    """By touching."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str) -> None:
        """A button, a link, or what opens a part of the page."""
        _named(self.page, name).click()

    def write(self, label: str, words: str) -> None:
        """Into a field, in place of what is there."""
        self.page.get_by_label(label).first.fill(words)

    def tick(self, label: str, group: str = "") -> None:
        """A box, or one of several."""
        _choice(self.page, label, group).check()

    def pick(self, label: str, option: str) -> None:
        """One of a list."""
        self.page.get_by_role("combobox", name=label).first.select_option(label=option)

    def hand_over(self, label: str, file: FilePayload) -> None:
        """A file, or a photograph."""
        self.page.get_by_label(label).set_input_files(file)


class Keyboard:
    """By Tab, Enter, Space and arrows alone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def _reach(self, wanted: Locator, question: str = FOCUSED) -> None:
        wanted.wait_for(state="attached")
        for _ in range(MOST_TABS):
            if wanted.evaluate(question):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{wanted} cannot be reached by keyboard")

    def press(self, name: str) -> None:
        """A button, a link, or what opens a part of the page."""
        self._reach(_named(self.page, name))
        self.page.keyboard.press("Enter")

    def write(self, label: str, words: str) -> None:
        """Into a field, in place of what is there."""
        self._reach(self.page.get_by_label(label).first)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(words)

    def tick(self, label: str, group: str = "") -> None:
        """A box, or one of several: the first by Space, the others by arrows."""
        wanted = _choice(self.page, label, group)
        if wanted.get_attribute("type") != "radio":
            self._reach(wanted)
            self.page.keyboard.press("Space")
            return
        self._reach(wanted, IN_THE_SAME_GROUP)
        self.page.keyboard.press("Space")
        for _ in range(MOST_TABS):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} cannot be chosen by keyboard")

    def pick(self, label: str, option: str) -> None:
        """One of a list, by the first letters of its name."""
        self._reach(self.page.get_by_role("combobox", name=label).first)
        self.page.keyboard.type(option)

    def hand_over(self, label: str, file: FilePayload) -> None:
        """A file, by the window that Enter or Space opens; a busy browser opens none at times, and a person presses again."""
        self._reach(self.page.get_by_label(label))
        for key in ("Enter", "Space", "Enter"):
            try:
                with self.page.expect_file_chooser(timeout=4_000) as chooser:
                    self.page.keyboard.press(key)
            except NothingCame:
                continue
            chooser.value.set_files(file)
            return
        raise AssertionError(f"{label} opens no window for a file by keyboard")

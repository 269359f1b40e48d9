"""Reading pages in tests as people do: headings, links and words."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: dict[str, str] = {}
        self.headings: list[str] = []
        self.levels: list[str] = []
        self._href: str | None = None
        self._heading = False
        self._skipped = 0
        self._run: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "svg", "head"}:
            self._skipped += 1
        if tag == "a":
            self._href, self._run = dict(attrs).get("href"), []
        if tag in {"h1", "h2", "h3"}:
            self._heading = True
            self.headings.append("")
            self.levels.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style", "svg", "head"}:
            self._skipped -= 1
        if tag == "a" and self._href is not None:
            self.links[" ".join("".join(self._run).split())] = self._href
            self._href = None
        if tag in {"h1", "h2", "h3"}:
            self._heading = False
            self.headings[-1] = " ".join(self.headings[-1].split())

    def handle_data(self, data: str) -> None:
        if self._skipped:
            return
        self.words.append(data)
        if self._href is not None:
            self._run.append(data)
        if self._heading:
            self.headings[-1] += data


class Page:
    """A response as a reader has it: `text` in one line, `links` (words -> address), `headings`, `title`."""

    def __init__(self, response: Any) -> None:
        self.status = response.status_code
        self.html = response.content.decode()
        reader = _Reader()
        reader.feed(self.html)
        self.text = " ".join(" ".join(reader.words).split())
        self.links = reader.links
        self.headings = reader.headings
        #: The heading of the page as a whole.
        self.heading = next(
            (text for level, text in zip(reader.levels, reader.headings, strict=True) if level == "h1"), ""
        )

    @property
    def title(self) -> str:
        """What stands in the window's frame."""
        found = re.search(r"<title>(.*?)</title>", self.html, re.DOTALL)
        return unescape(found[1]) if found else ""

    def error(self, field: str) -> str:
        """The message beside a field; empty without one."""
        found = re.search(rf'id="{field}-error">(.*?)</p>', self.html, re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", "", unescape(found[1])).removeprefix("Error:").split()) if found else ""

    def value(self, field: str) -> str:
        """What stands in a text field."""
        found = re.search(rf'<input[^>]* id="{field}"[^>]*?value="(.*?)"', self.html, re.DOTALL)
        return unescape(found[1]) if found else ""

    def hidden(self, name: str) -> str:
        """What stands in a field that is not shown; empty without one."""
        found = re.search(rf'<input type="hidden" name="{name}" value="(.*?)"', self.html)
        return unescape(found[1]) if found else ""

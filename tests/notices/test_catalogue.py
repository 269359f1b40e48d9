"""The catalogue of messages is closed, all of it is sent, and each kind can be read in both its forms."""

import ast
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import LazySettings

from notices import catalogue
from notices.catalogue import BY_SLUG, KINDS, Kind
from notices.models import Notice
from notices.services import send
from tests.architecture.house import ROOMS, ROOT, files, name_of
from tests.notices.samples import SAMPLES

pytestmark = [pytest.mark.django_db, pytest.mark.engine_only]

#: Found before the fixture that adds kinds for tests.
REAL = KINDS
MISSING = "(missing)"


def named_elsewhere() -> Iterator[str]:
    """Every name, and every text in `BY_SLUG[…]`, in the code of the other rooms."""
    for path in files("*.py"):
        room = name_of(path).split("/")[0]
        if room not in ROOMS or room == "notices":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Name):
                yield node.id
            elif isinstance(node, ast.Attribute):
                yield node.attr
            elif isinstance(node, ast.Subscript) and ast.unparse(node.value).split(".")[-1] == "BY_SLUG":
                yield ast.literal_eval(node.slice)


def test_each_kind_is_sent_somewhere() -> None:
    names = {kind.slug: name for name, kind in vars(catalogue).items() if isinstance(kind, Kind)}
    used = set(named_elsewhere())
    unused = {kind.slug for kind in REAL if not {kind.slug, names.get(kind.slug)} & used}
    assert not unused, f"nothing sends {', '.join(sorted(unused))}: send it, or take it out of the catalogue"


def test_each_kind_stands_in_the_catalogue_once() -> None:
    defined = {kind.slug for kind in vars(catalogue).values() if isinstance(kind, Kind)}
    assert defined <= {kind.slug for kind in REAL}, "put it into KINDS"
    assert len({kind.slug for kind in REAL}) == len(REAL)
    assert len({kind.title for kind in REAL}) == len(REAL), "a person tells them apart by their titles"


@pytest.mark.parametrize("kind", REAL, ids=lambda kind: kind.slug)
def test_each_kind_says_in_plain_words_what_it_is_for(kind: Kind) -> None:
    assert len(kind.slug) <= (Notice._meta.get_field("kind").max_length or 0)
    assert kind.title[0].isupper()
    assert kind.purpose.endswith(".")
    assert not (kind.optional and kind.secret), "what lets somebody in must be sent"


class Words(HTMLParser):
    """The words and the addresses of an HTML message."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said, self.links = "", list[str]()
        self.tags = list[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.said += data


@pytest.mark.parametrize("kind", REAL, ids=lambda kind: kind.slug)
def test_each_kind_can_be_read_in_both_its_forms(kind: Kind, settings: LazySettings) -> None:
    assert kind.slug in SAMPLES, "say in tests/notices/samples.py what it is filled with"
    first: dict[str, Any] = dict(settings.TEMPLATES[0])
    settings.TEMPLATES = [first | {"OPTIONS": {**first["OPTIONS"], "string_if_invalid": MISSING}}]
    notice = send(kind, "sam@example.org", key="a", context=SAMPLES[kind.slug])
    assert notice is not None
    assert notice.subject
    assert "{" not in notice.subject + notice.text + notice.html
    assert len(notice.text) > 80
    html = Words(notice.html)
    assert "sam@example.org" in html.said
    assert not {"script", "style", "img", "form", "link"} & set(html.tags)
    for address in html.links:
        assert address.startswith((settings.SITE_URL, "mailto:", "tel:")), f"{address} is not absolute"
        assert address.removeprefix("mailto:").removeprefix("tel:") in notice.text, f"the text lacks {address}"
    # Templates ask `{% if %}` for what may be absent; what they print must be there.
    assert MISSING not in notice.subject + notice.text + notice.html


def test_no_template_is_left_over() -> None:
    standing = {path.stem for path in (ROOT / "templates" / "notices").glob("*.txt")}
    assert standing == {kind.slug for kind in REAL}
    assert set(SAMPLES) == set(standing)
    assert set(BY_SLUG) >= standing

"""The drawings of the look: read once from `assets/`, put inline, shared through one sprite a page.

A drawing stands inline because its classes must meet the page's style sheet (a picture takes its
inks from its surroundings). Each is written once into the page's sprite and referred to from there.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

#: The folder and file prefix of each set of drawings, and the prefix of their ids in the sprite.
SETS = {
    "ui": ("icons", "ui-", "i-"),
    "kind": ("icons", "kind-", "k-"),
    "skill": ("icons", "skill-", "s-"),
    "hallmark": ("icons", "hallmark-", "h-"),
    "cover": ("art", "cover-", "c-"),
    "door": ("art", "door-", "d-"),
    "scene": ("art", "", "a-"),
}
# What stands in for a name that an editor has added and nobody has drawn yet.
STAND_INS = {"skill": "other", "cover": "visit", "kind": "visit", "door": "partner"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing: its id in a sprite, its viewBox, and its shapes."""

    id: str
    box: str
    shapes: str
    symbol: bool

    @property
    def definition(self) -> str:
        """The drawing as it stands in a sprite. A picture is a group, so that its frame decides how it is cut."""
        if self.symbol:
            return f'<symbol id="{self.id}" viewBox="{self.box}">{self.shapes}</symbol>'
        return f'<g id="{self.id}">{self.shapes}</g>'


def _read(text: str, drawing_id: str, *, symbol: bool) -> Drawing:
    """A drawing from the text of its file; colours come from the style sheet, so the file's own are dropped."""
    found = re.search(r'<svg[^>]*viewBox="([^"]+)"[^>]*>(.*)</svg>', text, re.DOTALL)
    if found is None:
        raise ValueError(f"The drawing {drawing_id} is not an SVG file with a viewBox.")
    shapes = re.sub(r' (?:fill="(?:#|currentColor|none)[^"]*"|stroke(?:-\w+)?="[^"]*")', "", found[2].strip())
    return Drawing(drawing_id, found[1], shapes, symbol)


@cache
def drawings() -> dict[tuple[str, str], Drawing]:
    """Every drawing by its set and name. Raises OSError if `assets/` is not there."""
    found = {}
    for group, (folder, prefix, id_prefix) in SETS.items():
        for path in sorted((settings.BASE_DIR / "assets" / folder).glob(f"{prefix}*.svg")):
            name = path.stem.removeprefix(prefix)
            symbol = group in {"ui", "kind", "skill"}
            found[group, name] = _read(path.read_text(encoding="utf-8"), id_prefix + name, symbol=symbol)
    return found


def drawing(group: str, name: str) -> Drawing:
    """One drawing, or its set's stand-in for an unknown name. Raises KeyError where a set has no stand-in."""
    known = drawings()
    found = known.get((group, name))
    if found is None:
        found = known.get((group, STAND_INS.get(group, "")))
    if found is None:
        raise KeyError(f"There is no drawing {name!r} among {group}.")
    return found


# A cultural visit is many things: words of its title choose among the pictures drawn for it.
VISIT_PICTURES = (
    (
        "stage",
        re.compile(
            r"\b(stage|theatre|drama|danc\w+|perform\w*|puppet\w*|orchestra|opera|sing\w*|music\w*|circus|concert)\b"
        ),
    ),
    (
        "print",
        re.compile(
            r"\b(print\w*|letterpress|poster\w*|typ(e|ography)|draw\w*|paint\w*|sketch\w*|illustrat\w*|collage|ink\w*)\b"
        ),
    ),
)


def picture_of(kind: str, title: str = "") -> str:
    """The name of the picture for a kind of opportunity; of a cultural visit, by the words of its title too."""
    if kind == "visit":
        words = title.lower()
        return next((name for name, pattern in VISIT_PICTURES if pattern.search(words)), kind)
    return kind


# The drawings used so far on the page that is being rendered; None outside a page (a fragment, an
# e-mail, a preview of one block), where a drawing is written out where it stands.
_used: ContextVar[dict[str, Drawing] | None] = ContextVar("used_drawings", default=None)


@contextmanager
def collected_drawings() -> Iterator[dict[str, Drawing]]:
    """Collects the drawings that are used inside, by id, in order of first use."""
    used: dict[str, Drawing] = {}
    token = _used.set(used)
    try:
        yield used
    finally:
        _used.reset(token)


def sprite(used: dict[str, Drawing]) -> SafeString:
    """The sprite of a page: every drawing that it uses, once, and hidden."""
    definitions = "".join(each.definition for each in used.values())
    return mark_safe(  # noqa: S308  made of the project's own files
        f'<svg class="ff-sprite" id="ff-sprite" aria-hidden="true" focusable="false"><defs>{definitions}</defs></svg>'
    )


@cache
def _frame(box: str, css: str, fit: str) -> str:
    css = f' class="{css}"' if css else ""
    fit = f' preserveAspectRatio="{fit}"' if fit else ""
    return f'<svg{css} viewBox="{box}"{fit} aria-hidden="true" focusable="false">'


@cache
def _reference(name: str, box: str, css: str, fit: str) -> SafeString:
    """A reference into the sprite. A page has two hundred of them, and few that differ."""
    return mark_safe(f'{_frame(box, css, fit)}<use href="#{name}"/></svg>')  # noqa: S308  made of the project's own files


def shown(each: Drawing, css: str = "", fit: str = "") -> SafeString:
    """A drawing where it is used: a reference into the sprite, or its shapes outside a page.

    `css` are classes of the frame, `fit` its preserveAspectRatio.
    """
    used = _used.get()
    if used is None:
        return written_out(each, css, fit)
    used[each.id] = each
    return _reference(each.id, each.box, css, fit)


def written_out(each: Drawing, css: str = "", fit: str = "") -> SafeString:
    """A drawing whose shapes stand in place: for one that is used once, or whose parts the page colours."""
    return mark_safe(f"{_frame(each.box, css, fit)}{each.shapes}</svg>")  # noqa: S308  made of the project's own files

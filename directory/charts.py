"""Small charts drawn as SVG by attributes, since the content policy forbids styles in the page."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from directory.markup import ChoiceLike
from directory.words import plural

CURRENT = ' aria-current="true"'
METER_WIDTH = 200
VAULT_HEIGHT = 110
TALL_HALF, LOW_HALF = 46, 32
# The shortest vault still shows that there is something.
LEAST_VAULT = 6
LABELLED_FROM_STEP = 3
STEP_UNITS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)
# The City is too small for its figure, which stands outside, at the end of a line.
SMALL_BOROUGH = "city-of-london"


def meter(value: int, most: int, *, few: bool = False) -> SafeString:
    """A bar that is filled by `value` of `most`. The words beside it carry the figure."""
    share = min(max(value / most, 0), 1) if most > 0 else 0
    return format_html(
        '<svg class="ff-meter" viewBox="0 0 200 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="ff-meter__track" width="200" height="8" rx="4"/>'
        '<rect class="ff-meter__value{}" width="{}" height="8" rx="4"/></svg>',
        " ff-meter__value--few" if few else "",
        round(share * METER_WIDTH, 1),
    )


def _vault(left: int, half: int, value: int, most: int) -> str:
    """The path of one vault that stands on the ground line; below half its width the arch is flattened."""
    height = max(VAULT_HEIGHT * value / most, LEAST_VAULT) if value and most else 0
    arch = min(height, half)
    spring = round(112 - height + arch, 1)
    return f"M{left} 112V{spring}a{half} {round(arch, 1)} 0 0 1 {2 * half} 0V112z"


def vaults(value: int, part: int, most: int, turn: int) -> SafeString:
    """A tall vault for `value` and a low one for `part`, both measured by `most`; `turn` (from 0) sets the inks."""
    inks = ((1, 2), (2, 3), (3, 1))[turn % 3]
    return format_html(
        '<svg viewBox="0 0 160 112" preserveAspectRatio="xMinYMax meet" aria-hidden="true" focusable="false">'
        '<path class="d{}" d="{}"/><path class="d{}" d="{}"/></svg>',
        inks[0],
        _vault(0, TALL_HALF, value, most),
        inks[1],
        _vault(64, LOW_HALF, part, most),
    )


@dataclass(frozen=True, slots=True)
class Area:
    """A borough on the map: its slug and name, where its figure stands, and its outline."""

    slug: str
    name: str
    x: float
    y: float
    outline: SafeString


@cache
def areas() -> tuple[str, tuple[Area, ...]]:
    """The viewBox of the map of London and its 33 areas. Raises OSError if `assets/` is not there."""
    text = (settings.BASE_DIR / "assets" / "art" / "london-boroughs.svg").read_text(encoding="utf-8")
    found = re.findall(r'<path id="([^"]+)" data-name="([^"]+)" data-at="(\S+) (\S+)" d="([^"]+)"/>', text)
    box = re.search(r'viewBox="([^"]+)"', text)
    if box is None or not found:
        raise ValueError("The map of London holds no boroughs.")
    return box[1], tuple(Area(slug, name, float(x), float(y), mark_safe(d)) for slug, name, x, y, d in found)  # noqa: S308


@dataclass(frozen=True, slots=True)
class Step:
    """One shade of the map: its number, and which counts it holds (`high` None: and more)."""

    number: int
    low: int
    high: int | None

    @property
    def words(self) -> str:
        """The counts in words: "None", "3", "4 or 5", "6 or more"."""
        if self.high is None:
            return f"{self.low:,} or more"
        if self.high == self.low:
            return f"{self.low:,}" if self.low else "None"
        return f"{self.low:,} {'or' if self.high - self.low == 1 else 'to'} {self.high:,}"


def shades(most: int) -> tuple[Step, ...]:
    """The six shades of a map whose largest count is `most`: none, then steps of 1, 1, 1, 2 units and more."""
    unit = next((unit for unit in STEP_UNITS if most <= 12 * unit), STEP_UNITS[-1])
    bounds = [0, unit, 2 * unit, 3 * unit, 5 * unit]
    steps = [Step(n + 1, low + 1, high) for n, (low, high) in enumerate(pairwise(bounds))]
    return Step(0, 0, 0), *steps, Step(5, bounds[-1] + 1, None)


def _step_of(count: int, steps: Sequence[Step]) -> int:
    return next(step.number for step in reversed(steps) if count >= step.low)


def _labels(counts: Mapping[str, int], steps: Sequence[Step]) -> Iterable[SafeString]:
    for area in areas()[1]:
        count = counts.get(area.slug, 0)
        step = _step_of(count, steps)
        if area.slug == SMALL_BOROUGH:
            if count:
                yield _leader(area, count)
        elif step >= LABELLED_FROM_STEP:
            yield format_html(
                '<text class="ff-map__label ff-map__label--count ff-map__label--light" x="{}" y="{}">{}</text>',
                f"{area.x:g}", f"{area.y + 5:g}", f"{count:,}",
            )  # fmt: skip


def _leader(area: Area, count: int) -> SafeString:
    path = f"M{area.x:g} {area.y:g}L306.5 30Q307 24 313.5 24H354.5"
    return format_html(
        '<path class="ff-map__leader ff-map__leader--halo" d="{path}"/><path class="ff-map__leader" d="{path}"/>'
        '<circle class="ff-map__leaderdot" cx="{x}" cy="{y}" r="3.5"/>'
        '<text class="ff-map__label ff-map__label--start" x="361.5" y="29">{name} {count}</text>',
        path=path, x=f"{area.x:g}", y=f"{area.y:g}", name=area.name, count=f"{count:,}",
    )  # fmt: skip


def count_map(counts: Mapping[str, int], addresses: Mapping[str, str]) -> SafeString:
    """London's boroughs shaded by count, hidden from readers: the list beside it is the control.

    `addresses` gives, by borough slug, where a click leads; those links are out of the tab order.
    """
    box, found = areas()
    steps = shades(max(counts.values(), default=0))
    shapes = []
    for area in found:
        number = _step_of(counts.get(area.slug, 0), steps)
        shape = f'<path class="ff-map__area ff-map__area--{number}" d="{area.outline}"/>'
        address = addresses.get(area.slug)
        shapes.append(f'<a href="{escape(address)}" tabindex="-1">{shape}</a>' if address else shape)
    return format_html(
        '<svg class="ff-map" viewBox="{}" aria-hidden="true" focusable="false">{}{}</svg>',
        box,
        mark_safe("".join(shapes)),  # noqa: S308  outlines are the project's own, addresses escaped
        mark_safe("".join(_labels(counts, steps))),  # noqa: S308  each part is made by format_html
    )


def borough_map(choices: Iterable[ChoiceLike], addresses: Mapping[str, str]) -> SafeString:
    """The map for the choices of a facet; `addresses` as for `count_map`."""
    return count_map({choice.value: choice.count for choice in choices}, addresses)


def borough_key(choices: Iterable[ChoiceLike]) -> SafeString:
    """What the shades of that map mean."""
    return map_key(max((choice.count for choice in choices), default=0))


def borough_rows(choices: Iterable[ChoiceLike], addresses: Mapping[str, str]) -> SafeString:
    """The list beside the map, which is the control: each borough with results, and how many it has."""
    rows = (
        f'<li><a href="{escape(addresses[choice.value])}"{CURRENT if choice.selected else ""}>{escape(choice.label)}</a>'
        f'<span>{choice.count:,}<span class="ff-visually-hidden"> {plural(choice.count, "result")}</span></span></li>'
        for choice in choices
        if choice.value in addresses
    )
    return mark_safe("".join(rows))  # noqa: S308  labels and addresses are escaped


def map_key(most: int) -> SafeString:
    """What the shades of a map with this largest count mean, as list items."""
    return format_html_join(
        "",
        '<li><svg viewBox="0 0 18 18" aria-hidden="true" focusable="false">'
        '<rect class="ff-map__area ff-map__area--{}" width="18" height="18" rx="3"/></svg>{}</li>',
        ((step.number, step.words) for step in shades(most)),
    )


def place_map(chosen: Iterable[str]) -> SafeString:
    """London's boroughs with some of them marked; the words beside it name them."""
    marked = set(chosen)
    box, found = areas()
    return format_html(
        '<svg class="ff-map" viewBox="{}" aria-hidden="true" focusable="false">{}</svg>',
        box,
        format_html_join(
            "",
            '<path class="ff-map__area ff-map__area--{}" d="{}"/>',
            ((4 if area.slug in marked else 0, area.outline) for area in found),
        ),
    )

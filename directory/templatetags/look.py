"""What templates need of the look: drawings, charts, choices and addresses (words are in `say`).

Drawings are put inline and shared through the page's sprite (`{% sprite %}` in base.html).
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django import template
from django.http import QueryDict
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from directory import charts, markup
from directory.addresses import (
    address_of_only,
    address_with,
    address_with_added,
    address_without,
    addresses_with_each,
)
from directory.drawings import collected_drawings, drawing, picture_of, shown, sprite, written_out

register = template.Library()

HALLMARKS = {
    "public_liability": "insurance",
    "employers_liability": "employers",
    "safeguarding_policy": "safeguarding",
    "vetting": "dbs",
    "risk_assessment": "risk",
}
PARTNER_STRANDS = {
    "cultural": "cultural",
    "livery": "careers",
    "business": "careers",
    "self_employed": "work",
    "charity": "educator",
    "college": "adult",
    "department": "work",
    "public_body": "educator",
}
PARTNER_PICTURES = {"college": "adviser", "department": "partner", "public_body": "partner"}
FACET_ORDER = (
    "kind", "skill", "audience", "partner_kind", "borough", "cost", "access", "sector", "theme", "subject", "place", "strand",
)  # fmt: skip
CHOICES_AT_FIRST = 6
PAGES_AROUND = 2


class SpriteNode(template.Node):
    """Renders what it holds, and puts the sprite of all drawings used there before it."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        with collected_drawings() as used:
            body = self.nodelist.render(context)
        return mark_safe(sprite(used) + body)  # noqa: S308  both are rendered and escaped


@register.tag("sprite")
def do_sprite(parser: Parser, token: Token) -> SpriteNode:
    """`{% sprite %}…{% endsprite %}` round the page: its drawings, once each, stand before it."""
    if len(token.split_contents()) > 1:
        raise template.TemplateSyntaxError("sprite takes no arguments.")
    nodelist = parser.parse(("endsprite",))
    parser.delete_first_token()
    return SpriteNode(nodelist)


# Drawings


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An interface icon by its name, like "pin"."""
    return shown(drawing("ui", name), f"ff-icon {css}" if css else "ff-icon")


@register.simple_tag
def kind_icon(kind: str) -> SafeString:
    """The icon of a kind of opportunity."""
    return shown(drawing("kind", kind), "ff-icon")


@register.simple_tag
def glyph(skill: str, family: str = "") -> SafeString:
    """The mark of a fusion skill; `family` sets its fill where no element around it does."""
    return shown(drawing("skill", skill), f"ff-glyph ff-family--{conditional_escape(family)}" if family else "ff-glyph")


register.simple_tag(markup.cover, name="cover")


@register.simple_tag
def kind_picture(kind: str, title: str = "") -> SafeString:
    """The picture of a kind without a frame, as it stands in an opener."""
    return shown(drawing("cover", picture_of(kind, title)), fit="xMaxYMax slice")


@register.simple_tag
def door(name: str) -> SafeString:
    """One of the four square pictures of people: pupil, teacher, partner, adviser."""
    return shown(drawing("door", name), fit="xMidYMax slice")


@register.simple_tag
def scene(name: str, css: str = "", fit: str = "xMinYMax slice") -> SafeString:
    """A large picture that a page uses once: hero, festival, mark."""
    return written_out(drawing("scene", name), css, fit)


@register.simple_tag
def hallmark(kind: str) -> SafeString:
    """The punch of an assurance kind; the classes around it say whether it is in date."""
    return written_out(drawing("hallmark", HALLMARKS.get(kind, "risk")))


@register.filter
def partner_strand(kind: str) -> str:
    """The strand whose colour a kind of partner takes."""
    return PARTNER_STRANDS.get(kind, "cultural")


@register.filter
def partner_picture(kind: str) -> str:
    """The picture that stands for a kind of partner in place of a monogram, or nothing."""
    return PARTNER_PICTURES.get(kind, "")


@register.filter
def reader_picture(audience: str) -> str:
    """The picture of those for whom a guide is, by the words that say so; for everybody, two people talking."""
    said = audience.lower() or "adviser"
    return next((name for name in ("pupil", "partner", "adviser", "teacher") if name in said), "teacher")


@register.filter
def reader_strand(audience: str) -> str:
    """The strand in whose inks that picture is drawn."""
    return {"pupil": "cultural", "partner": "careers", "adviser": "adult"}.get(reader_picture(audience), "educator")


# Charts


@register.filter
def borough_slugs(sites: Iterable[Any]) -> list[str]:
    """The boroughs of some sites, to be marked on the map."""
    return [site.outward_code.borough.slug for site in sites if site.outward_code.borough]


register.simple_tag(charts.meter, name="meter")
register.simple_tag(charts.vaults, name="vaults")
register.simple_tag(charts.place_map, name="place_map")


@register.simple_tag(takes_context=True)
def borough_addresses(context: Context, choices: Iterable[Any], parameter: str = "borough") -> dict[str, str]:
    """Where each choice of a facet (value, count) that has results leads: the page with that choice."""
    return addresses_with_each(query(context), parameter, [choice.value for choice in choices if choice.count])


register.simple_tag(charts.borough_rows, name="borough_rows")
register.simple_tag(charts.borough_map, name="borough_map")
register.simple_tag(charts.borough_key, name="borough_key")


# Choices, pages and addresses


@register.filter
def in_order(facets: Sequence[Any]) -> list[Any]:
    """The facets in the order of the page: what most people choose by first."""
    last = len(FACET_ORDER)
    return sorted(facets, key=lambda facet: FACET_ORDER.index(facet.name) if facet.name in FACET_ORDER else last)


@register.simple_tag
def count_of(facets: Iterable[Any], name: str, value: str) -> int:
    """The count beside one value of one facet; 0 where it is not there."""
    return next((c.count for facet in facets if facet.name == name for c in facet.choices if c.value == value), 0)


register.simple_tag(markup.choice_rows, name="choice_rows")


class FoldedChoices(NamedTuple):
    """The choices of a facet: those that show, those behind "show all", and whether these stand open."""

    first: tuple[Any, ...]
    rest: tuple[Any, ...]
    open: bool


@register.simple_tag
def folded(choices: Sequence[Any]) -> FoldedChoices:
    """Splits a facet's choices after the first six, unless only one or two would be left over."""
    if len(choices) <= CHOICES_AT_FIRST + 2:
        return FoldedChoices(tuple(choices), (), open=False)
    rest = tuple(choices[CHOICES_AT_FIRST:])
    return FoldedChoices(tuple(choices[:CHOICES_AT_FIRST]), rest, any(choice.selected for choice in rest))


@register.simple_tag
def page_numbers(page: int, pages: int) -> list[int | None]:
    """The page numbers to offer: the first, the last, those around this one; None stands for a gap."""
    wanted = sorted({1, pages, *range(max(page - PAGES_AROUND, 1), min(page + PAGES_AROUND, pages) + 1)})
    numbers: list[int | None] = []
    for number in wanted:
        before = numbers[-1] if numbers else None
        if before is not None and number - before == 2:
            numbers.append(number - 1)
        elif before is not None and number - before > 2:
            numbers.append(None)
        numbers.append(number)
    return numbers


def query(context: Context) -> QueryDict:
    """The parameters of the page's address; none where a template is rendered without a request.

    A page may say in `params` what its links shall carry besides, such as the token of a search.
    """
    params, request = context.get("params"), context.get("request")
    if params is None:
        params = request.GET if request is not None else QueryDict()
    return params


@register.simple_tag(takes_context=True)
def with_choice(context: Context, **changes: Any) -> str:
    """The page's address with parameters replaced: `{% with_choice borough="hackney" %}`."""
    return address_with(query(context), {key: None if value is None else str(value) for key, value in changes.items()})


@register.simple_tag(takes_context=True)
def without(context: Context, parameter: str, value: str | None = None) -> str:
    """The page's address without a parameter, or without one of its values."""
    return address_without(query(context), parameter, value)


@register.simple_tag(takes_context=True)
def with_added(context: Context, parameter: str, value: str) -> str:
    """The page's address with one more value of a parameter."""
    return address_with_added(query(context), parameter, value)


@register.simple_tag(takes_context=True)
def only(context: Context, *names: str) -> str:
    """The page's address with these parameters alone: `{% only "q" %}` takes every choice back."""
    return address_of_only(query(context), names)


@register.simple_tag(takes_context=True)
def changed(context: Context, changes: dict[str, str | None]) -> str:
    """The page's address with these parameters replaced; None takes one away."""
    return address_with(query(context), changes)


@register.simple_tag(takes_context=True)
def page_address(context: Context, number: int) -> str:
    """The address of another page of the same list; page one bears no number."""
    return address_with(query(context), {"page": str(number) if number > 1 else None})


@register.filter
def split(text: str, separator: str) -> list[str]:
    """The parts of a text written in a template, for the few lists that a template itself knows."""
    return text.split(separator)


@register.filter
def structured_data(value: dict[str, Any] | list[Any]) -> SafeString:
    """A schema.org description as a data block of the page, escaped so that it cannot end the block."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    for sign, escaped in (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026")):
        text = text.replace(sign, escaped)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  escaped above


@register.simple_block_tag
def hold(content: str) -> SafeString:
    """Keeps what stands between `{% hold as name %}` and `{% endhold %}`, to be shown more than once."""
    return mark_safe(content.strip())  # noqa: S308  rendered, so escaped

"""HTML that is built by hand because a page holds so much of it: choices of facets, facts and skills of cards.

A search page has some hundred and forty choices and twenty cards; as templates they cost more than the
search itself. Everything that is not the project's own goes through `escape`.
"""

from collections.abc import Container, Iterable, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Protocol

from django.utils.safestring import SafeString, mark_safe

from directory import words
from directory.drawings import drawing, picture_of, shown
from engagement.tokens import PARAMETER

if TYPE_CHECKING:
    from search.results import Card, Hit, Segment

SKILLS_ON_A_CARD = 3
# Which part of a picture stays in sight where a row card cuts its sides off.
FOCUS = {"cpd": "right", "placement": "left", "visit": "left", "talk": "left", "workplace": "left"}
PAID = frozenset({"job", "internship", "apprenticeship"})
PLACE_ICONS = {"online": "online", "your_school": "school"}


#: For what stands on page after page: labels and values of facets, kinds, skills. Some hundreds of them differ.
escaped = lru_cache(maxsize=2_000)(escape)


class ChoiceLike(Protocol):
    """What a row of a facet shows: `search.results.Choice`, or the like of it."""

    @property
    def value(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def selected(self) -> bool: ...


class SkillLike(Protocol):
    """A fusion skill on a card: `search.results.CardSkill`, or the like of it."""

    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def family(self) -> str: ...


def icon(name: str) -> str:
    """An interface icon."""
    return shown(drawing("ui", name), "ff-icon")


def choice_rows(name: str, choices: Iterable[ChoiceLike], noun: str) -> SafeString:
    """Checkboxes of a facet with their counts; `noun` is what is counted, one of it. They belong to the form "find"."""
    field = escaped(name)
    rows = []
    for choice in choices:
        value = escaped(choice.value)
        rows.append(
            f'<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" id="{field}-{value}" '
            f'name="{field}" type="checkbox" value="{value}" form="find"{" checked" if choice.selected else ""}>'
            f'<label class="govuk-label govuk-checkboxes__label" for="{field}-{value}"><span>{escaped(choice.label)}</span>'
            f'<span>{choice.count:,}<span class="ff-visually-hidden"> {escaped(words.plural(choice.count, noun))}</span></span>'
            "</label></div>"
        )
    return mark_safe(f'<div class="govuk-checkboxes govuk-checkboxes--small">{"".join(rows)}</div>')  # noqa: S308  escaped


def when(card: "Card", today: date) -> str:
    """When the thing on a card is: its next session, or how it can be had without one."""
    if card.next_start is None:
        return words.availability_words(card.availability)
    return words.when_words(card.next_start, card.next_end, today)


def where(card: "Card", miles: float | None) -> str:
    """Where the thing on a card is, with its distance where one is known."""
    return words.where_words(card.place, card.borough, card.outcode, miles, hybrid=card.format == "hybrid")


def card_facts(hit: "Hit", today: date, *, stacked: bool) -> SafeString:
    """The facts of a card, always in this order: when, where, cost, places."""
    card = hit.card
    rows = [
        f"<li>{icon('calendar')}<span>{escape(when(card, today))}</span></li>",
        f"<li>{icon(PLACE_ICONS.get(card.place, 'pin'))}<span>{escape(where(card, hit.distance_miles))}</span></li>",
    ]
    if card.cost_kind:
        rows.append(f"<li>{icon('cost')}<span>{escape(cost_or_pay(card))}</span></li>")
    if card.next_start:
        rows.append(_places(card))
    if hit.adjacent_years:
        years = escape(words.years_words(card.year_from, card.year_to))
        rows.append(f"<li>{icon('user')}<span>Made for {years}: ask</span></li>")
    css = "ff-facts ff-facts--stack" if stacked else "ff-facts"
    return mark_safe(f'<ul class="{css}">{"".join(rows)}</ul>')  # noqa: S308  escaped


def cost_or_pay(card: "Card") -> str:
    """What the thing on a card costs; of jobs, internships and apprenticeships, what they pay."""
    # They are paid, or they are refused: "free" would mean nothing.
    if card.kind in PAID and card.cost_kind == "free":
        return "Paid" if card.pay_amount is None else f"Pays {words.pay_words(card.pay_amount, card.pay_unit)}"
    return words.cost_words(card.cost_kind, card.cost_amount, card.cost_unit, card.family_price)


def _places(card: "Card") -> str:
    css = ""
    if card.full:
        css = ' class="ff-facts__full"'
    elif words.few_left(card.places_left, card.capacity):
        css = ' class="ff-facts__few"'
    said = words.places_words(0 if card.full else card.places_left, card.capacity, card.waiting)
    return f"<li{css}>{icon('places')}<span>{escape(said)}</span></li>"


def chosen_skills(skills: Sequence[SkillLike], asked: Container[str]) -> Sequence[SkillLike]:
    """The skills that a card shows: all up to three; of more, two, and the ones asked for come first to be among them."""
    if len(skills) <= SKILLS_ON_A_CARD:
        return skills
    first = sorted(skills, key=lambda skill: skill.slug not in asked)[: SKILLS_ON_A_CARD - 1]
    return [skill for skill in skills if skill in first]


def card_skills(skills: Sequence[SkillLike], asked: Container[str]) -> SafeString:
    """The skill tags of a card, marked where the search asked for them; nothing for a card without skills."""
    if not skills:
        return SafeString("")
    rows = []
    some = chosen_skills(skills, asked)
    for skill in some:
        hit, said = (
            (" ff-skill--hit", '<span class="ff-visually-hidden">, asked for</span>')
            if skill.slug in asked
            else ("", "")
        )
        mark = shown(drawing("skill", skill.slug), "ff-glyph")
        rows.append(
            f'<li class="ff-skill ff-family--{escaped(skill.family)}{hit}">{mark}{escaped(skill.name)}{said}</li>'
        )
    if len(skills) > len(some):
        rows.append(f'<li class="ff-skill ff-skill--more">and {len(skills) - len(some)} more</li>')
    tags = "".join(rows)
    return mark_safe(  # noqa: S308  escaped
        f'<div class="ff-card__foot"><ul class="ff-skills" aria-label="Fusion skills">{tags}</ul></div>'
    )


def marked(segments: Sequence["Segment"], text: str) -> SafeString:
    """A text with the words that answer the search marked; the text as it is where there are no segments."""
    if not segments:
        return mark_safe(escape(text))  # noqa: S308  escaped
    parts = (f"<mark>{escape(each.text)}</mark>" if each.marked else escape(each.text) for each in segments)
    return mark_safe("".join(parts))  # noqa: S308  each part is escaped


def cover(kind: str, strand: str = "", title: str = "") -> SafeString:
    """The framed picture of a card; `strand` sets its inks where no element around it does."""
    name = picture_of(kind, title)
    css = f" ff-focus--{FOCUS[name]}" if name in FOCUS else ""
    css += f" ff-strand--{escaped(strand)}" if strand else ""
    drawn = shown(drawing("cover", name), fit="xMidYMid slice")
    return mark_safe(f'<div class="ff-card__cover ff-art{css}">{drawn}</div>')  # noqa: S308  escaped


def _partner_line(card: "Card", own_page: str) -> str:
    if own_page:
        others = escape(
            words.list_words([name for name in (card.partner_name, *card.with_partners) if name != own_page])
        )
        return f'<p class="ff-card__partner">With {others}</p>' if others else ""
    others = escape(words.list_words(card.with_partners))
    checked = f' <span class="ff-checked">{icon("hallmark")}Documents in date</span>' if card.documents_in_date else ""
    joined = f" with {others}" if others else ""
    return f'<p class="ff-card__partner">{escape(card.partner_name)}{joined}{checked}</p>'


def save_mark(key: int, title: str, *, saved: bool, token: str = "") -> SafeString:
    """The button at the corner of a card: it saves the opportunity, or takes it off. It belongs to the form "ff-save".

    `token` is that of the search, signed, or empty: it is sent with the key.
    """
    value = f"{key} {escape(token)}" if token else str(key)
    name, pressed, hint = ("remove", "true", "Saved: take off") if saved else ("add", "false", "Save to shortlist")
    return mark_safe(  # noqa: S308  escaped
        f'<button class="ff-card__save" id="save-{key}" form="ff-save" name="{name}" value="{value}" '
        f'aria-pressed="{pressed}" title="{hint}">{icon("shortlist")}'
        f'<span class="ff-visually-hidden">Save to shortlist: {escape(title)}</span></button>'
    )


def card(
    hit: "Hit",
    today: date,
    *,
    row: bool,
    level: int,
    asked: Container[str],
    own_page: str,
    token: str,
    saved: Container[int] = (),
) -> SafeString:
    """ff-card: an opportunity, tall, or as a row with its picture at the side.

    `level` is that of its heading; `asked` are the slugs of the skills that were asked for; on the page of the
    partner called `own_page` it names only the others who offer it. `token` is that of the search, signed, or empty;
    `saved` are the keys on the visitor's shortlist.
    """
    of = hit.card
    address = f"{of.url}?{PARAMETER}={token}" if token else of.url
    summary = f'<p class="ff-card__summary">{marked(hit.highlights.summary, of.summary)}</p>' if row else ""
    return mark_safe(  # noqa: S308  escaped
        f'<article class="ff-card{" ff-card--row" if row else ""} ff-strand--{escaped(of.strand)}">{cover(of.kind, title=of.title)}'
        f'<div class="ff-card__body"><p class="ff-kind">{shown(drawing("kind", of.kind), "ff-icon")}{escaped(of.kind_label)}</p>'
        f'<h{level} class="ff-card__title"><a href="{escape(address)}">{marked(hit.highlights.title, of.title)}</a></h{level}>'
        f"{_partner_line(of, own_page)}{summary}{card_facts(hit, today, stacked=not row)}"
        f"{card_skills(of.skills, asked)}</div>"
        f"{save_mark(of.id, of.title, saved=of.id in saved, token=token)}</article>"
    )

"""The list of partners: searched, narrowed, counted and ordered. The number of queries does not depend on what is found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from typing import Any
from unicodedata import category

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from directory import words
from directory.forms import Known, PartnerSearchForm
from directory.paging import Paging
from opportunities.models import CoOffer
from opportunities.selectors import of_partners, requirements_by_kind
from partners.assurances import all_in_date, standings
from partners.models import Assurance, Partner, PartnerSector, Site
from partners.selectors import public
from search.criteria import KM_PER_MILE
from search.results import Choice, Facet
from search.selectors import facet_values
from search.text import analyse, plain_words
from search.vocabulary import gazetteer

from .offers import KindCount, most_first

MOST_WORDS = 10
FACETS = (
    ("kind", "Kind of partner", "partner_kind"),
    ("sector", "Sector", "sector"),
    ("borough", "Borough", "borough"),
)


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner in the list. `where` names boroughs; `miles` is None where nobody asked, or where it has no site."""

    url: str
    name: str
    kind: str
    kind_label: str
    summary: str
    where: tuple[str, ...]
    miles: float | None
    documents_in_date: bool
    offers: tuple[KindCount, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PartnerList:
    """One page of partners and what is shown around it."""

    rows: tuple[PartnerRow, ...]
    facets: tuple[Facet, ...]
    heading: str
    paging: Paging


@dataclass(slots=True)
class _Found:
    """A partner that the text finds, as far as narrowing and ordering need it."""

    pk: int
    name: str
    published: datetime | None
    values: dict[str, frozenset[str]]
    boroughs: tuple[str, ...] = ()
    km: float = inf

    def has(self, chosen: Mapping[str, Sequence[str]], besides: str = "") -> bool:
        """Whether it has one of the chosen values in each facet that has any, one facet left out."""
        return all(
            name == besides or not values or not self.values[name].isdisjoint(values) for name, values in chosen.items()
        )


@dataclass(slots=True)
class _Places:
    """Where partners are: boroughs by slug, what the boroughs are called, and the way from where somebody asked."""

    slugs: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    names: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    km: dict[int, float] = field(default_factory=dict)


def partner_labels() -> Known:
    """Every value of every facet of this list, with its label."""
    return {name: facet_values(vocabulary) for name, _, vocabulary in FACETS}


def partners_context(form: PartnerSearchForm) -> dict[str, Any]:
    """What the template `directory/partners.html` asks for."""
    found = list_partners(form)
    return {
        "form": form,
        "near": form.place.label if form.place else "",
        "sort": form.order,
        "narrowed": bool(form.text or form.place or any(form.facets.values())),
        **{name: getattr(found, name) for name in PartnerList.__slots__},
    }


def list_partners(form: PartnerSearchForm) -> PartnerList:
    """The partners that the form asks for, a page of twenty; a page beyond the last is the last."""
    order = form.order
    found = _found(form)
    chosen = [each for each in found if each.has(form.facets)]
    chosen.sort(key=_keys(order))
    paging = Paging(len(chosen), form.page)
    return PartnerList(
        rows=_rows(paging.of(chosen), asked=form.place is not None),
        facets=_facets(found, form),
        heading=_heading(len(chosen), form),
        paging=paging,
    )


def _keys(order: str) -> Any:
    if order == "nearest":
        return lambda each: (each.km, each.name.casefold(), each.pk)
    if order == "newest":
        return lambda each: (-(each.published.timestamp() if each.published else 0), each.name.casefold(), each.pk)
    return lambda each: (each.name.casefold(), each.pk)


def matching(text: str) -> QuerySet[Partner]:
    """The public partners that have every word of a text in their name, in what they say of their work, or in a sector."""
    found = public()
    for typed in text.split()[:MOST_WORDS]:
        stems = analyse(typed)
        if not stems:
            if not plain_words(typed) and _says_something(typed):
                # Too long to be a word, or a picture: whatever says exactly that, which is hardly ever anybody.
                found = found.filter(_says(typed))
            continue
        by_stems = Q()
        for stem in stems:
            # What the stem of "companies" ends in stands in no word: the rest of it does.
            by_stems &= _says(stem[:-1] if stem.endswith("i") and len(stem) > 3 else stem)
        found = found.filter(_says(typed) | by_stems)
    return found


def _says_something(typed: str) -> bool:
    """Whether it holds a letter, a figure or a picture; "&" and "-" alone stand between words."""
    return any(each.isalnum() or category(each) == "So" for each in typed)


def _says(part: str) -> Q:
    in_sector = PartnerSector.objects.filter(content_object=OuterRef("pk"), tag__name__icontains=part)
    return Q(name__icontains=part) | Q(summary__icontains=part) | Q(description__icontains=part) | Q(Exists(in_sector))


def _found(form: PartnerSearchForm) -> list[_Found]:
    partners = matching(form.text)
    sectors: dict[int, set[str]] = defaultdict(set)
    for pk, slug in PartnerSector.objects.filter(content_object__in=partners.order_by()).values_list(
        "content_object_id", "tag__slug"
    ):
        sectors[pk].add(slug)
    places = _places(partners, form.place.outcode if form.place else None)
    return [
        _Found(
            pk,
            name,
            published,
            {"kind": frozenset([kind]), "sector": frozenset(sectors[pk]), "borough": frozenset(places.slugs[pk])},
            tuple(places.names[pk]),
            places.km.get(pk, inf),
        )
        for pk, name, kind, published in partners.values_list("pk", "name", "kind", "first_published_at")
    ]


def _places(partners: QuerySet[Partner], near: str | None) -> _Places:
    found = _Places()
    away = gazetteer().distances(near) if near else {}
    sites = Site.objects.filter(partner__in=partners.order_by()).order_by("order", "pk")
    for pk, code, authority, slug, name in sites.values_list(
        "partner_id", "outward_code_id", "outward_code__local_authority",
        "outward_code__borough__slug", "outward_code__borough__name",
    ):  # fmt: skip
        if slug:
            found.slugs[pk].add(slug)
        label = name or authority or code
        if label not in found.names[pk]:
            found.names[pk].append(label)
        found.km[pk] = min(found.km.get(pk, inf), away.get(code, inf))
    return found


def _facets(found: Sequence[_Found], form: PartnerSearchForm) -> tuple[Facet, ...]:
    """Each facet with its counts, which ignore its own selection: the fullest choices first."""
    facets = []
    for name, label, _ in FACETS:
        counts = Counter(value for each in found if each.has(form.facets, besides=name) for value in each.values[name])
        labels, chosen = form.known[name], form.facets[name]
        values = sorted(
            (value for value in labels if counts[value] or value in chosen),
            key=lambda value: (-counts[value], labels[value]),
        )
        choices = (Choice(value, labels[value], counts[value], selected=value in chosen) for value in values)
        facets.append(Facet(name, label, tuple(choices)))
    return tuple(facets)


def _heading(total: int, form: PartnerSearchForm) -> str:
    """How many there are, of what: “27 partners in creative and design”, “No partner for letterpress, yet”."""
    sectors = form.facets["sector"]
    within = f" in {words.lower_first(form.known['sector'][sectors[0]])}" if len(sectors) == 1 else ""
    asked = f" for {form.text}" if form.text else ""
    if total:
        return f"{total:,} {words.plural(total, 'partner')}{within}{asked}"
    return f"No partner{within}{asked}{' with these choices' if any(form.facets.values()) and not within else ''}, yet"


def _rows(shown: Sequence[_Found], *, asked: bool) -> tuple[PartnerRow, ...]:
    keys = [each.pk for each in shown]
    partners = Partner.objects.in_bulk(keys)
    offers, hosted = _offers(keys)
    in_date = _in_date(partners, hosted)
    return tuple(
        PartnerRow(
            url=partners[each.pk].get_absolute_url(),
            name=each.name,
            kind=partners[each.pk].kind,
            kind_label=partners[each.pk].get_kind_display(),
            summary=partners[each.pk].summary,
            where=each.boroughs,
            miles=each.km / KM_PER_MILE if asked and each.km < inf else None,
            documents_in_date=each.pk in in_date,
            offers=most_first(offers[each.pk]),
            total=sum(offers[each.pk].values()),
        )
        for each in shown
    )


def _offers(partners: Sequence[int]) -> tuple[dict[int, Counter[str]], dict[int, set[str]]]:
    """For each partner: its opportunities by kind, and the kinds that it hosts."""
    together: dict[int, set[int]] = defaultdict(set)
    for opportunity, partner in CoOffer.objects.filter(partner__in=partners).values_list(
        "opportunity_id", "partner_id"
    ):
        together[opportunity].add(partner)
    offers: dict[int, Counter[str]] = defaultdict(Counter)
    hosted: dict[int, set[str]] = defaultdict(set)
    for pk, kind, offerer, host in of_partners(partners).values_list("pk", "kind", "offered_by", "hosted_by"):
        hosted[host or offerer].add(kind)
        for partner in {offerer, host or offerer, *together[pk]}:
            offers[partner][kind] += 1
    return offers, hosted


def _in_date(partners: Mapping[int, Partner], hosted: Mapping[int, Iterable[str]]) -> set[int]:
    """The partners whose documents are in date for all that they host."""
    needed, today = requirements_by_kind(), timezone.localdate()
    seen: dict[int, list[Assurance]] = defaultdict(list)
    for document in Assurance.objects.filter(partner__in=partners):
        seen[document.partner_id].append(document)
    found = set()
    for pk, partner in partners.items():
        kinds = {kind for each in hosted.get(pk, ()) for kind in needed.get(each, frozenset())}
        held = standings(partner, kinds, seen[pk], today)
        if held and all_in_date(held):
            found.add(pk)
    return found

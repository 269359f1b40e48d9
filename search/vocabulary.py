"""Loads what understanding and facets know, and keeps it for a while in this process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock

from django.core.cache import cache
from django.db.models import CharField, Value

from opportunities.kinds import Kind
from search.engines.base import SearchEngine, SearchUnavailableError
from search.facets import FACETS, Vocabularies
from search.gazetteer import Gazetteer
from search.models import Synonym
from search.query import YearSpan
from search.text import plain_words
from search.understanding import Lexicon, NamedPlace, Vocabulary
from search.understanding.facet_words import KIND_WORDS, OTHER_WORDS, SKILL_WORDS
from search.understanding.kinds import keyed
from search.understanding.regions import REGIONS
from search.understanding.spelling import warm_up
from search.understanding.synonyms import mapped
from taxonomy.models import (
    AccessFeature,
    Audience,
    Borough,
    FusionSkill,
    OutwardCode,
    Place,
    Sector,
    Subject,
    Term,
    Theme,
)

#: An editor's change is in force everywhere after this many seconds, and new words can be misspelt after as many.
KEPT_SECONDS = 30
#: Outward codes come with a migration: nobody edits them.
_EDITED, _WORDS = "search.vocabulary", "search.words"
LONDON = "London"

#: Facets whose values are terms in the database.
TERMS: Mapping[str, type[Term]] = {
    "skill": FusionSkill,
    "audience": Audience,
    "sector": Sector,
    "theme": Theme,
    "subject": Subject,
    "access": AccessFeature,
}


@dataclass
class _Kept:
    """What this process has loaded. Tokens in the cache say how long it may be used."""

    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    vocabularies: Vocabularies = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    lexicon: Lexicon = field(default_factory=Lexicon)
    lexicon_of: str = ""


_kept = _Kept()
_lock = Lock()


def forget_vocabulary() -> None:
    """Loads everything anew at the next search of this process."""
    cache.delete_many([_EDITED, _WORDS])


def vocabularies() -> Vocabularies:
    """The values and labels of the facets that the database keeps."""
    _refresh_edited()
    return _kept.vocabularies


def gazetteer() -> Gazetteer:
    """Outward codes and their distances."""
    _refresh_edited()
    return _kept.gazetteer


def vocabulary(engine: SearchEngine) -> Vocabulary:
    """What understanding needs, with the words of the engine's index (none while it has no index)."""
    _refresh_edited()
    _refresh_words(engine)
    return _kept.vocabulary


def _refresh_edited() -> None:
    """At most five queries, twice a minute."""
    if cache.get(_EDITED):
        return
    with _lock:
        if not _kept.gazetteer.middles:
            rows = OutwardCode.objects.values_list("code", "latitude", "longitude")
            _kept.gazetteer = Gazetteer({code: (latitude, longitude) for code, latitude, longitude in rows})
        _kept.vocabularies = _load_labels()
        _kept.vocabulary = Vocabulary(
            lexicon=_kept.lexicon,
            gazetteer=_kept.gazetteer,
            places=_load_places(_kept.vocabularies["borough"]),
            stages=_load_stages(),
            kinds=keyed(KIND_WORDS, {str(value): str(label) for value, label in Kind.choices}),
            skills=keyed(SKILL_WORDS, _kept.vocabularies["skill"]),
            others={name: keyed(words, _named(name, words)) for name, words in OTHER_WORDS.items()},
            synonyms=mapped(
                (row.words, row.equivalent_list, row.both_ways) for row in Synonym.objects.filter(active=True)
            ),
        )
        cache.set(_EDITED, "loaded", KEPT_SECONDS)


def _refresh_words(engine: SearchEngine) -> None:
    try:
        generation = engine.generation()
    except SearchUnavailableError:
        return
    if cache.get(_WORDS) and generation == _kept.lexicon_of:
        return
    warm_up()
    with _lock:
        _kept.lexicon = Lexicon(engine.words())
        _kept.lexicon_of = generation
        edited = _kept.vocabulary
        _kept.vocabulary = replace(edited, lexicon=_kept.lexicon)
        cache.set(_WORDS, "loaded", KEPT_SECONDS)


def _load_labels() -> dict[str, dict[str, str]]:
    """All terms, retired ones too since documents may still have them, in one query."""
    queries = [
        model.objects.order_by().values_list("order", "name", "slug", Value(facet, output_field=CharField()))
        for facet, model in TERMS.items()
    ]
    boroughs = Borough.objects.order_by().values_list(
        Value(0), "name", "slug", Value("borough", output_field=CharField())
    )
    found: dict[str, dict[str, str]] = {"borough": {}, **{facet: {} for facet in TERMS}}
    for _order, name, slug, facet in sorted(boroughs.union(*queries, all=True)):
        found[facet][slug] = name
    return found


def _named(facet: str, values: Iterable[str]) -> dict[str, str]:
    """The labels of those values of a facet that it has."""
    labels = FACETS.by_name[facet].labels(_kept.vocabularies)
    return {value: labels[value] for value in values if value in labels}


def _load_places(boroughs: Mapping[str, str]) -> dict[tuple[str, ...], NamedPlace]:
    """Neighbourhoods, boroughs (of which some share a name with a neighbourhood), parts of London, and all of it."""
    found: dict[tuple[str, ...], NamedPlace] = {}
    for name, outcode in Place.objects.values_list("name", "outward_code_id"):
        found.update(dict.fromkeys(_written(name), NamedPlace(name, outcode=outcode)))
    for slug, name in boroughs.items():
        for words in _written(name):
            inside = found.get(words)
            found[words] = NamedPlace(name, (slug,), inside.outcode if inside else "")
    for name, slugs in REGIONS.items():
        if known := tuple(slug for slug in slugs if slug in boroughs):
            found[tuple(plain_words(name))] = NamedPlace(name, known)
    if boroughs:
        found[tuple(plain_words(LONDON))] = NamedPlace(LONDON, tuple(boroughs))
    found.pop((), None)
    return found


def _written(name: str) -> set[tuple[str, ...]]:
    """The words of a place as people write it: with "and" or "&", "St" or "Saint"."""
    whole = name.replace("St ", "Saint ") if name.startswith("St ") else name
    return {
        tuple(plain_words(each.replace(" and ", between))) for each in (name, whole) for between in (" and ", " & ")
    }


def _load_stages() -> dict[str, YearSpan]:
    rows = Audience.objects.order_by().values_list("slug", "year_from", "year_to")
    return {slug: YearSpan(low, high) for slug, low, high in rows if low is not None and high is not None}

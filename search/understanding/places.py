"""Boroughs, neighbourhoods and postcodes in what was typed."""

import re
from collections.abc import Iterator, Sequence

from search.criteria import KM_PER_MILE
from search.query import Area
from search.results import Reading
from search.understanding.vocabulary import NamedPlace, Vocabulary
from search.understanding.words import Found, Word, longest_runs, reading_key, singular_run, token_run, typed_run

_POSTCODE = re.compile(
    r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][ABD-HJLNP-UW-Z]{2})\b",
    re.IGNORECASE,
)
# A postcode that is glued to the word before it.
_GLUED = re.compile(r"\b([a-z]{3,}?)([a-z]{1,2}[0-9][a-z0-9]?)\s*[0-9][abd-hjlnp-uw-z]{2}\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d")
_OUTCODE = re.compile(r"([a-z]{1,2})[0-9][a-z0-9]?")
#: The postal areas of London and its edge: elsewhere "l3" is likelier a level than Liverpool.
_LONDON_AREAS = frozenset(
    ("e", "ec", "n", "nw", "se", "sw", "w", "wc", "br", "cr", "da", "en", "ha", "ig", "kt", "rm", "sm", "tw", "ub")
)
_NEARNESS = frozenset({"near", "nearby", "around", "close"})
#: Somebody who names an outward code or a neighbourhood means thereabouts, not its border.
THEREABOUTS_KM = 1.6
_FURTHEST_MILES = 50


def without_postcodes(text: str, vocabulary: Vocabulary) -> str:
    """The text with every full postcode reduced to its outward code, so that no more is ever kept."""
    if not _FIGURE.search(text):
        return text

    def reduce(match: re.Match[str]) -> str:
        outcode = match[1].upper()
        return outcode if outcode in vocabulary.gazetteer else match[0]

    def part(match: re.Match[str]) -> str:
        """The word and the longest outward code that is one, apart."""
        glued = match[1] + match[2]
        letters = glued.rstrip("0123456789") if glued[-1].isdigit() else glued[:-1].rstrip("0123456789")
        if letters.lower() in vocabulary.lexicon.counts:
            return match[0]
        for begin in (len(letters) - 2, len(letters) - 1):
            if glued[begin:].upper() in vocabulary.gazetteer:
                return f"{glued[:begin]} {glued[begin:].upper()}"
        return match[0]

    reduced = _GLUED.sub(part, _POSTCODE.sub(reduce, text))
    # What is left may look like a postcode again: EC2Y 8DS 8DS.
    return reduced if reduced == text else without_postcodes(reduced, vocabulary)


def find_places(text: str, words: Sequence[Word], vocabulary: Vocabulary) -> list[Found]:
    """Every place in the text, with the words of nearness that belong to it."""
    found = []
    taken: set[int] = set()
    for first, last, place in _named(words, vocabulary):
        found.append(_found(text, words, (first, last), place, vocabulary))
        taken.update(range(first, last + 1))
    for index, word in enumerate(words):
        outcodes = () if index in taken else outcodes_of(word.plain, vocabulary)
        if len(outcodes) == 1:
            place = NamedPlace(outcodes[0], outcode=outcodes[0])
            found.append(_found(text, words, (index, index), place, vocabulary))
        elif outcodes:
            found.append(_with_area(text, words, (index, index), word.plain.upper(), Area(outcodes=outcodes), index))
    return found


def _named(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[tuple[int, int, NamedPlace]]:
    """The named places, those of several words first: as typed, or with and without the s of a plural or an owner."""
    taken: set[int] = set()
    runs = singular_run(word.plain for word in words)
    for first, last in longest_runs(vocabulary.places_by_singular, runs):
        yield first, last, vocabulary.places_by_singular[runs[first : last + 1]]
        taken.update(range(first, last + 1))
    for index, word in enumerate(words):
        place = None if index in taken else vocabulary.places.get((word.plain,))
        if place is not None:
            yield index, index, place


def outcodes_of(plain: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The outward codes that a word is or shortens; none for a word that is no London outward code."""
    match = _OUTCODE.fullmatch(plain)
    if match is None or match[1] not in _LONDON_AREAS:
        return ()
    outcode = plain.upper()
    return (outcode,) if outcode in vocabulary.gazetteer else vocabulary.gazetteer.of_district(outcode)


def _found(text: str, words: Sequence[Word], run: tuple[int, int], place: NamedPlace, vocabulary: Vocabulary) -> Found:
    km, first = _asked_distance(words, run[0])
    label = f"within {km / KM_PER_MILE:.0f} miles of {place.label}" if km else place.label
    outcodes: tuple[str, ...] = ()
    if place.outcode in vocabulary.gazetteer:
        outcodes = vocabulary.gazetteer.within(place.outcode, km or THEREABOUTS_KM)
    return _with_area(text, words, run, label, Area(place.boroughs, outcodes), first)


def _with_area(text: str, words: Sequence[Word], run: tuple[int, int], label: str, area: Area, first: int) -> Found:
    typed = typed_run(text, words, *run)
    reading = Reading("place", typed, label, reading_key("place", typed))
    tokens = token_run(words, *run)
    while first > 0 and words[first - 1].plain in _NEARNESS:
        first -= 1
    return Found(first, run[1], reading, (tokens,) if tokens else (), area=area)


def _asked_distance(words: Sequence[Word], first: int) -> tuple[float | None, int]:
    """Reads "within 3 miles of" before a place: kilometres, and the index at which it begins."""
    before = " ".join(word.plain for word in words[max(first - 4, 0) : first])
    match = re.search(r"(?:within )?\b(\d\d?) (miles?|km|kilometres?)(?: (?:of|from))?$", before)
    if match is None or not 1 <= int(match[1]) <= _FURTHEST_MILES:
        return None, first
    km = int(match[1]) * (KM_PER_MILE if match[2].startswith("mile") else 1.0)
    return km, first - len(match[0].split())

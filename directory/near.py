"""Reading "near": a postcode, the first half of one, a neighbourhood or a borough becomes one outward code.

A postcode typed in full is never more than a step away from being forgotten: `reduced` gives the text
without its second half, and the views send the browser on to that address before anything else.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from search.engines import get_engine
from search.text import plain_words
from search.understanding import NamedPlace
from search.vocabulary import LONDON, gazetteer, vocabulary
from taxonomy.models import OutwardCode
from taxonomy.postcodes import find_postcode, parse_postcode

LONGEST_NEAR = 60
WHAT_TO_TYPE = "Type a postcode like EC2Y 8DS, its first half, or a part of London like Walthamstow."

_FULL = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
# People say where they are with words that name no place of their own.
_AROUND = re.compile(r"^(?:near|in|around|the)\s+|[\s,]+(?:london|uk)$")
_DEGREES_EAST_TO_ONE_NORTH = 1.6  # as long as each other on the ground, in London


@dataclass(frozen=True, slots=True)
class Near:
    """Where somebody searches from: the outward code that stands for it, and what to call it."""

    outcode: str
    label: str


def reduced(text: str) -> str:
    """The text with every full postcode cut to its first half; the text itself where it holds none.

    Letters and numbers that only look like one ("KS3 2nd") stay as they are, unless they are all there is.
    """
    whole = find_postcode(text)
    if whole is None:
        return _reduced_within(text)
    return whole.outward if whole.inward else text


def _reduced_within(text: str) -> str:
    if _FULL.search(text) is None:
        return text
    known = gazetteer()
    shorter = _FULL.sub(lambda match: match[1].upper() if match[1].upper() in known else match[0], text)
    # What is left may look like a postcode again: EC2Y 8DS 8DS.
    return shorter if shorter == text else _reduced_within(shorter)


def read_near(text: str) -> Near:
    """The outward code that a typed place stands for. Raises ValidationError that says what to type instead."""
    typed = " ".join(text.split())
    if len(typed) > LONGEST_NEAR:
        raise ValidationError(f"That is too long for a place. {WHAT_TO_TYPE}", code="long")
    try:
        outward = parse_postcode(typed).outward
    except ValidationError as not_a_postcode:
        found = _by_name(typed)
        if found is not None:
            return found
        if any(sign.isdigit() for sign in typed):
            raise ValidationError(not_a_postcode.messages[0], code="postcode") from None
        raise ValidationError(f"We do not know a place of this name in London. {WHAT_TO_TYPE}", code="name") from None
    return _by_code(outward)


def _by_code(outward: str) -> Near:
    known = gazetteer()
    if outward in known:
        return Near(outward, outward)
    # EC2 is no outward code of its own: it is EC2A, EC2M and others.
    district = known.of_district(outward)
    if not district:
        raise ValidationError(
            f"There is no postcode that starts with {outward}. Check it and type it again.", code="unknown"
        )
    return Near(_middle((code, *known.middles[code], 1) for code in district), outward)


def _by_name(typed: str) -> Near | None:
    place = _named_place(typed)
    if place is None:
        return None
    if place.outcode:
        return Near(place.outcode, place.label)
    if place.label == LONDON:
        raise ValidationError(f"All of London is here already. {WHAT_TO_TYPE}", code="london")
    codes = OutwardCode.objects.filter(borough__slug__in=place.boroughs)
    return Near(_middle(codes.values_list("code", "latitude", "longitude", "postcodes")), place.label)


def _named_place(typed: str) -> NamedPlace | None:
    places = vocabulary(get_engine()).places
    found = places.get(tuple(plain_words(typed)))
    if found is not None:
        return found
    name = _folded(typed)
    return next((place for place in places.values() if _folded(place.label) == name), None) if name else None


def _folded(name: str) -> str:
    """A name without capitals, apostrophes, hyphens and the words around it: "St. Paul's, London" is "st pauls"."""
    plain = re.sub(r"['’ʼ`.]", "", name.casefold()).replace("&", " and ").replace("-", " ")
    plain = re.sub(r"^saint\b", "st", _AROUND.sub("", _AROUND.sub("", plain.strip())))
    return " ".join(plain.replace(",", " ").split())


def _middle(codes: Iterable[tuple[str, float, float, int]]) -> str:
    """Of several outward codes (code, degrees north and east, weight) the one that lies nearest to their middle."""
    found = list(codes)
    total = sum(weight for *_, weight in found)
    north = sum(latitude * weight for _, latitude, _, weight in found) / total
    east = sum(longitude * weight for _, _, longitude, weight in found) / total

    def away(each: tuple[str, float, float, int]) -> tuple[float, str]:
        code, latitude, longitude, _ = each
        return (latitude - north) ** 2 + ((longitude - east) / _DEGREES_EAST_TO_ONE_NORTH) ** 2, code

    return min(found, key=away)[0]

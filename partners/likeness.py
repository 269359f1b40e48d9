"""Is this partner here already? By name, website and postcode. A pure decision on what is typed and what is there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from rapidfuzz import fuzz, utils

SHOWN = 5
#: Of 100, how alike two names are that are nearly the same, and alike enough to ask.
NEARLY, ALIKE = 92, 80
#: Where many have a page: the same host says nothing, the same page does.
SHARED_HOSTS = (
    "facebook.com", "instagram.com", "linkedin.com", "linktr.ee", "sites.google.com", "twitter.com", "x.com",
    "youtube.com", "eventbrite.co.uk", "etsy.com",
)  # fmt: skip
# What stands in the names of many organisations.
COMMON = re.compile(r"\b(the|ltd|limited|llp|plc|cic|and|of|london)\b")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a partner that is here. `postcodes` are those of its sites."""

    key: int
    name: str
    website: str = ""
    postcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A partner that may be the same, and why: short sentences for people."""

    key: int
    reasons: tuple[str, ...]


def place_on_the_web(website: str) -> str:
    """The host of an address, with its path where many share the host; empty for none."""
    if not website.strip():
        return ""
    try:
        parts = urlsplit(website.strip() if "//" in website else f"//{website.strip()}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if any(host == shared or host.endswith(f".{shared}") for shared in SHARED_HOSTS):
        page = parts.path.strip("/").lower()
        return f"{host}/{page}" if page else ""
    return host


def _plain(name: str) -> str:
    whole = utils.default_process(name.replace("&", " and "))
    return " ".join(COMMON.sub(" ", whole).split()) or whole


def _in_one(postcode: str) -> str:
    return "".join(postcode.split()).upper()


def likeness_of_names(one: str, other: str) -> float:
    """0 to 100: how alike two names are, whatever the order of their words and how they are parted."""
    first, second = _plain(one), _plain(other)
    return max(fuzz.token_sort_ratio(first, second), fuzz.ratio(first.replace(" ", ""), second.replace(" ", "")))


def candidates(name: str, website: str, postcode: str, known: Iterable[Known]) -> tuple[Candidate, ...]:
    """The partners that may be this one, the likeliest first, five at most."""
    web, place = place_on_the_web(website), _in_one(postcode)
    found: list[tuple[float, str, Candidate]] = []
    for each in known:
        score = likeness_of_names(name, each.name)
        alike = score >= ALIKE
        same_web = bool(web) and web == place_on_the_web(each.website)
        same_place = bool(place) and place in {_in_one(one) for one in each.postcodes}
        reasons = (
            *(("Same website",) if same_web else ()),
            *(("Name nearly the same" if score >= NEARLY else "Name alike",) if alike else ()),
            *(("Same postcode",) if same_place else ()),
        )
        if reasons:
            weight = 200 * same_web + score * alike + 50 * same_place
            found.append((-weight, each.name, Candidate(each.key, reasons)))
    return tuple(candidate for _, _, candidate in sorted(found, key=lambda one: one[:2])[:SHOWN])

"""What was typed, without what may tell of a person; and other values, held to a size. Pure, and its own only caller
is the room itself, so that no page can forget it.

It goes too far rather than not far enough: of "8 12 2026" nothing is left, since it may be a telephone number.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from .catalogue import LONGEST_TERMS

#: Nobody types more into a search (its page takes 200 letters); of more, nothing is kept.
LONGEST_READ = 1_000
LONGEST_VALUE = 60
LONGEST_LIST = 50
LARGEST = 2**31 - 1
_DEEPEST = 4

# Of a word: "://", "www.", or a dot between a letter or digit and at least two letters.
_ADDRESS = re.compile(r"://|www\.|[\w-]\.[^\W\d_]{2,}(?:\W|$)", re.IGNORECASE)
# A digit and what stands between the digits of a number that is written in groups.
_NUMBER = re.compile(r"\+?\(?\d(?:[\s().,/+‐-―-]{0,3}\d){6,}")
_DIGITS = re.compile(r"\d{5,}")
_MACHINE = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}(?::[\da-f]{0,4}){3,}", re.IGNORECASE)
_POSTCODE = re.compile(r"(?<![^\W\d_])(?:[a-z]{1,2}\d[a-z\d]?|npt|gir)[\s.-]{0,3}\d[a-z]{2}(?![^\W_])", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def clean_terms(text: str, longest: int = LONGEST_TERMS) -> str:
    """What was typed, without what may tell of a person, with single spaces, and at most `longest` characters.

    What goes: e-mail and web addresses, @names, telephone numbers, full postcodes, addresses of machines, and five digits
    or more in a row.
    """
    cleaned = _readable(text) if len(text) <= LONGEST_READ else ""
    before = None
    # What is taken away, or cut off, may leave another such thing behind.
    while cleaned != before:
        before, cleaned = cleaned, _once(cleaned)[:longest].strip()
    return cleaned


def clean_data(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data of an event: short texts, cleaned as what was typed is, numbers, and short lists of them."""
    cleaned: dict[str, Any] = _value(data, 0)
    return cleaned


def _once(text: str) -> str:
    words = text.split()
    beside = zip(words, ["", *words], [*words[1:], ""], strict=False)
    text = " ".join(word for word, before, after in beside if not _is_address(word, before, after))
    # A long number first, so that nothing of it stays when its beginning looks like the address of a machine.
    for pattern in (_POSTCODE, _NUMBER, _MACHINE, _DIGITS):
        text = pattern.sub(" ", text)
    return " ".join(text.split())


def _is_address(word: str, before: str, after: str) -> bool:
    return "@" in word or before.endswith("@") or after == "@" or bool(_ADDRESS.search(word))


def _readable(text: str) -> str:
    """In one form for each letter and digit, without what cannot be seen or stored."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(each if each.isprintable() else " " for each in folded if unicodedata.category(each) != "Cf")


def _value(value: Any, depth: int) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return max(-LARGEST, min(value, LARGEST)) if math.isfinite(value) else None
    if depth == _DEEPEST:
        return None
    if isinstance(value, Mapping):
        pairs = list(value.items())[:LONGEST_LIST]
        return {_text(str(name)): _value(held, depth + 1) for name, held in pairs}
    if isinstance(value, list | tuple):
        return [_value(each, depth + 1) for each in value[:LONGEST_LIST]]
    return _text(str(value))


def _text(text: str) -> str:
    """A day is what it is, and no telephone number."""
    return text if _DAY.fullmatch(text) else clean_terms(text, LONGEST_VALUE)

"""E-mail and web addresses and telephone numbers in what was typed: nothing is found by them, so they carry no weight."""

import re
from collections.abc import Sequence

from search.understanding.words import Found, Word

_EMAIL = r"[^\s@]+@[^\s@]+\.[^\s@]+"
_ADDRESS = r"\bhttps?://\S+|\bwww\.\S+"
# Nine or ten digits after the 0 or the country's 44, in groups or not.
_TELEPHONE = r"(?<![\w+])(?:\+?44|\(?0)(?:[\s().-]{0,2}\d){9,10}(?!\w)"
_CONTACT = re.compile(f"{_EMAIL}|{_ADDRESS}|{_TELEPHONE}", re.IGNORECASE)
_MAY_HOLD_ONE = re.compile(r"@|\d{3}|://|www\.", re.IGNORECASE)


def find_contacts(text: str, words: Sequence[Word]) -> list[Found]:
    """Each address or number, as the run of words that stand in it."""
    found: list[Found] = []
    if not _MAY_HOLD_ONE.search(text):
        return found
    for match in _CONTACT.finditer(text):
        inside = [index for index, word in enumerate(words) if match.start() <= word.start and word.end <= match.end()]
        if inside:
            found.append(Found(inside[0], inside[-1], weightless=True, aside=True))
    return found

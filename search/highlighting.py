"""Marks in what is shown the words that answer a search."""

import re
from collections.abc import Collection
from functools import lru_cache

from search.results import Card, Highlights, Segment
from search.text import analyse

_PIECES = re.compile(r"[^\W_]+(?:['’ʼ`´＇][^\W_]+)*")


@lru_cache(maxsize=20_000)
def _tokens(word: str) -> tuple[str, ...]:
    """The same words stand on card after card, so their analysis is remembered."""
    return tuple(analyse(word))


def mark(text: str, tokens: Collection[str]) -> tuple[Segment, ...]:
    """The text in segments, those words marked that are analysed to one of the tokens."""
    segments: list[Segment] = []
    at = 0
    wanted = tokens if isinstance(tokens, frozenset) else frozenset(tokens)
    for match in _PIECES.finditer(text) if wanted else ():
        found = _tokens(match.group())
        if found and wanted.issuperset(found):
            if match.start() > at:
                segments.append(Segment(text[at : match.start()]))
            segments.append(Segment(match.group(), marked=True))
            at = match.end()
    if at < len(text):
        segments.append(Segment(text[at:]))
    return tuple(segments)


def highlights(card: Card, tokens: Collection[str]) -> Highlights:
    """The title and summary of a card with the words that answer a search marked."""
    return Highlights(mark(card.title, tokens), mark(card.summary, tokens))

"""Marks in what is shown the words that answer a search."""

from functools import lru_cache

from search.results import Card, Highlights, Segment
from search.text import analyse, words_in


@lru_cache(maxsize=20_000)
def _tokens(word: str) -> tuple[str, ...]:
    """The same words stand on card after card, so their analysis is remembered."""
    return tuple(analyse(word))


def mark(text: str, tokens: frozenset[str]) -> tuple[Segment, ...]:
    """The text in segments, those words marked that are analysed to one of the tokens."""
    segments: list[Segment] = []
    at = 0
    for match in words_in(text) if tokens else ():
        found = _tokens(match.group())
        if found and tokens.issuperset(found):
            if match.start() > at:
                segments.append(Segment(text[at : match.start()]))
            segments.append(Segment(match.group(), marked=True))
            at = match.end()
    if at < len(text):
        segments.append(Segment(text[at:]))
    return tuple(segments)


def highlights(card: Card, tokens: frozenset[str]) -> Highlights:
    """The title and summary of a card with the words that answer a search marked."""
    return Highlights(mark(card.title, tokens), mark(card.summary, tokens))

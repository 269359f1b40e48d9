"""A typed text cut into words, and what jobs find in runs of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.criteria import LONGEST_TEXT
from search.query import Area, YearSpan
from search.results import Reading
from search.text import analyse, normalise, plain_words, words_in
from search.word_families import spelt_out

_SPACES = re.compile(r"[\s\x00-\x1f\x7f]+")
MOST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Word:
    """One typed word: as it stands in the text, folded (`plain`), and its tokens (none for a stop word)."""

    typed: str
    plain: str
    tokens: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """What one job reads in the words from `first` to `last`, both included.

    `phrases` are other ways to say the run, `years` and `area` other ways to match it. With
    `words_count` the typed words stay a way to match, one by one; without, only as a phrase.
    A `weightless` run asks for nothing; one `aside` does not even point to a kind or another choice.
    """

    first: int
    last: int
    reading: Reading | None = None
    phrases: tuple[tuple[str, ...], ...] = ()
    years: YearSpan | None = None
    area: Area | None = None
    words_count: bool = False
    weightless: bool = False
    aside: bool = False

    @property
    def size(self) -> int:
        """How many words it covers."""
        return self.last - self.first + 1


def clean(text: str) -> str:
    """The text as it is read and shown again: no control characters, single spaces, at most 200 characters."""
    whole = _SPACES.sub(" ", text.encode("utf-8", "ignore").decode("utf-8")).strip()
    if len(whole) <= LONGEST_TEXT:
        return whole
    shorter = whole[:LONGEST_TEXT]
    return (shorter.rpartition(" ")[0] or shorter).strip()


def cut(text: str) -> tuple[Word, ...]:
    """The words of a text, at most 40 of them."""
    words = []
    # Where all is in capitals they say nothing: "HOW MUCH IS IT" is no search for computing.
    said = str.lower if text.isupper() and " " in text else spelt_out
    for match in words_in(text):
        name = said(normalise(match.group()))
        plain = "".join(plain_words(name))
        if plain:
            words.append(Word(match.group(), plain, tuple(analyse(name)), match.start(), match.end()))
        if len(words) == MOST_WORDS:
            break
    return tuple(words)


def typed_run(text: str, words: Sequence[Word], first: int, last: int) -> str:
    """The part of the text that the words from `first` to `last` stand in."""
    return text[words[first].start : words[last].end]


def plain_run(words: Sequence[Word], first: int, last: int) -> tuple[str, ...]:
    """The folded words from `first` to `last`."""
    return tuple(word.plain for word in words[first : last + 1])


def token_run(words: Sequence[Word], first: int, last: int) -> tuple[str, ...]:
    """The tokens of the words from `first` to `last`."""
    return tuple(token for word in words[first : last + 1] for token in word.tokens)


def meaning(phrase: str) -> tuple[str, ...]:
    """The tokens of a phrase; none where stop words leave one of several: "no experience" is not experience."""
    tokens = tuple(analyse(phrase))
    return () if len(tokens) == 1 < len(plain_words(phrase)) else tokens


def joined(words: Sequence[Word], first: int, last: int) -> str:
    """The words from `first` to `last` written as one."""
    return "".join(plain_run(words, first, last))


def singular(plain: str) -> str:
    """A folded word without the ending of a plural: not what a dictionary has, but the same for one and for many."""
    if len(plain) > 4 and plain.endswith("ies"):
        return f"{plain[:-3]}y"
    if len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
        return plain[:-1]
    return plain


def singular_run(words: Iterable[str]) -> tuple[str, ...]:
    """Folded words without the endings of plurals."""
    return tuple(singular(word) for word in words)


def reading_key(job: str, typed: str) -> str:
    """How a reading is named when the user takes it back."""
    return f"{job}:{normalise(typed).lower()}"[:80]


def longest_runs(
    keys: Mapping[tuple[str, ...], object], runs: Sequence[str], longest: int = 6
) -> list[tuple[int, int]]:
    """Where keys of a mapping stand in a sequence, as first and last index: longest first, none inside another."""
    found: list[tuple[int, int]] = []
    first = 0
    while first < len(runs):
        for last in range(min(first + longest, len(runs)) - 1, first - 1, -1):
            if tuple(runs[first : last + 1]) in keys:
                found.append((first, last))
                first = last
                break
        first += 1
    return found

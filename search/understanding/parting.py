"""Words that were written as one, apart again: workexperience, tlevel, potteryE8; and one that was written as two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.results import Reading
from search.text import analyse
from search.understanding.places import outcodes_of
from search.understanding.vocabulary import Vocabulary
from search.understanding.words import Found, Word, joined, meaning, reading_key, singular, typed_run
from search.understanding.years import STAGES

#: Parts of a word are at least so long; of a word that nobody writes as one, one of them may be shorter.
SHORTEST_PART = 4
SHORTEST_OTHER = 3
_SHORTEST_HALF = 3
_HYPHENS = frozenset("-‐‑")
# What stands for years or a stage, glued to a word: year9science.
_YEARS = re.compile(r"(?:years?|yrs?|y)(?:1[0-3]|[1-9])|ks[1-5]")
_STAGES = {"".join(run): " ".join(run) for run in STAGES if len(run) > 1}


@dataclass(frozen=True, slots=True)
class Parted:
    """The words that one was taken apart into; `surely` where they are a name, or a place or years with a word."""

    words: str
    surely: bool = False


def parted(word: str, vocabulary: Vocabulary, *, seen: bool, often_seen: bool) -> Parted | None:
    """What a folded word that no document holds is when taken apart; None if documents do not hold the parts.

    `seen` says whether people write it so now and then, `often_seen` whether they often do: it is then left in one.
    """
    one = singular(word)
    if name := _STAGES.get(one) or vocabulary.written_as_one.get(one):
        return Parted(name, surely=True)
    if not word.isalpha():
        return _from_figures(word, vocabulary)
    if often_seen:
        return None
    counts = vocabulary.lexicon.counts
    shorter = SHORTEST_PART if seen else SHORTEST_OTHER
    parts = (
        (word[:cut], word[cut:])
        for cut in range(shorter, len(word) - shorter + 1)
        if max(cut, len(word) - cut) > SHORTEST_PART and word[:cut] in counts and word[cut:] in counts
    )
    best = max(
        parts, key=lambda pair: (min(map(len, pair)) >= SHORTEST_PART, min(counts[part] for part in pair)), default=None
    )
    return Parted(" ".join(best)) if best else None


def _from_figures(word: str, vocabulary: Vocabulary) -> Parted | None:
    """A word, and an outward code or years that were glued to it."""
    for cut in range(len(word) - 1, 0, -1):
        before, after = word[:cut], word[cut:]
        for name, figures in ((before, after), (after, before)):
            glued = _YEARS.fullmatch(figures) or outcodes_of(figures, vocabulary)
            if glued and name.isalpha() and len(name) >= SHORTEST_OTHER and _is_known(name, vocabulary):
                return Parted(f"{before} {after}", surely=True)
    return None


def _is_known(word: str, vocabulary: Vocabulary) -> bool:
    stems = analyse(word)
    return word in vocabulary.own_words or (bool(stems) and vocabulary.lexicon.stems.issuperset(stems))


def find_joined(text: str, words: Sequence[Word], vocabulary: Vocabulary) -> list[Found]:
    """Every two words that documents write as one, such as "work shop": that one is another way to match them."""
    found = []
    for first in range(len(words) - 1):
        whole = joined(words, first, first + 1)
        if whole in vocabulary.lexicon.counts and _may_be_one(text, words[first], words[first + 1]):
            typed = typed_run(text, words, first, first + 1)
            others = vocabulary.synonyms_by_singular.get((singular(whole),), ())
            ways = tuple(way for way in map(meaning, (whole, *others)) if way)
            reading = Reading("joined", typed, whole, reading_key("joined", typed))
            found.append(Found(first, first + 1, reading, ways, words_count=True))
    return found


def _may_be_one(text: str, one: Word, other: Word) -> bool:
    """Whether two words are likely one: beside a hyphen any are, else neither may be short nor a stop word."""
    if not (one.plain + other.plain).isalpha():
        return False
    beside = text[one.end : other.start]
    long = all(len(word.plain) >= _SHORTEST_HALF and word.tokens for word in (one, other))
    return beside in _HYPHENS or (beside == " " and long)


def with_joined(words: Sequence[Word], found: Iterable[Sequence[Found]]) -> Sequence[Word]:
    """The words, those that were read as one in one."""
    ones = {
        runs[0].first: runs for runs in found if any(each.reading and each.reading.job == "joined" for each in runs)
    }
    if not ones:
        return words
    made: list[Word] = []
    for index, word in enumerate(words):
        if index in ones:
            other = words[index + 1]
            whole = word.plain + other.plain
            made.append(Word(whole, whole, tuple(analyse(whole)), word.start, other.end))
        elif index - 1 not in ones:
            made.append(word)
    return made

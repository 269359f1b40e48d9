"""Words that no document holds, corrected from those that documents hold.

Real English words are left alone even where no document holds them: somebody who asks for falconry
is better told that there is none than shown factories. What a document holds is never corrected, and so no name
of a partner, a person or a place in it.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from string import ascii_lowercase

from rapidfuzz.distance import OSA
from wordfreq import zipf_frequency

from search.text import analyse
from search.understanding.genre import GENRE_WORDS, SMALL_WORDS
from search.understanding.parting import parted
from search.understanding.vocabulary import Vocabulary

SHORTEST = 4
SHORTEST_SMALL = 3
# On the Zipf scale, 3 is one in a million words. Common misspellings reach almost that.
_SURELY_REAL = 3.0
_SEEN = 1.0
_VERY_COMMON = 5.3
_MUCH_COMMONER = 1.5
# How much commoner a small word must be than what it was typed as: of three letters almost anything is a word somewhere.
_FAR_COMMONER = {3: 4.0}
_FAR_COMMONER_ELSE = 3.0
_LONG = 6
#: From so many letters on two slips leave enough to tell what was meant.
_LONG_FOR_TWO = 7
_VOWELS = frozenset("aeiou")
_ENDINGS = ("ings", "ing", "ers", "er", "ed", "es", "s", "ery", "y", "ly")
#: Names that begin so are written with an apostrophe or without.
_NAMES_BEGIN = ("o", "d")


def warm_up() -> None:
    """Loads the list of English words, so that the first misspelt word need not wait for it."""
    _frequency("the")


def corrected(word: str, vocabulary: Vocabulary) -> str | None:
    """The word, or the words, probably meant by a folded, unstemmed word; None to leave it as it is."""
    if len(word) < SHORTEST_SMALL or _known(word, vocabulary):
        return None
    if small := _small(word):
        return small
    if len(word) < SHORTEST:
        return None
    apart = parted(word, vocabulary, seen=_frequency(word) >= _SEEN, often_seen=_frequency(word) >= _SEEN + 1)
    if apart and apart.surely:
        return apart.words
    if not word.isalpha() or _real(word):
        return None
    better = _nearest(word, vocabulary) or (apart.words if apart else None)
    if better is None and word.endswith("s") and len(word) > SHORTEST and not _real(word[:-1]):
        better = _nearest(word[:-1], vocabulary)
    return better


def _small(word: str) -> str | None:
    """The small word, such as "the", of which two neighbouring letters were swapped."""
    for at in range(len(word) - 1):
        swapped = f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"
        if swapped in SMALL_WORDS:
            far = _FAR_COMMONER.get(len(word), _FAR_COMMONER_ELSE)
            if _frequency(swapped) >= _frequency(word) + far:
                return swapped
    return None


def is_very_common(word: str) -> bool:
    """Whether it is one of the few hundred commonest words of English, which are hardly ever what somebody looks for."""
    return _frequency(word) >= _VERY_COMMON


def _real(word: str) -> bool:
    frequency = _frequency(word)
    return frequency >= _SURELY_REAL or (frequency >= _SEEN and _derived(word))


def _nearest(word: str, vocabulary: Vocabulary) -> str | None:
    frequency = _frequency(word)
    within = 1 if len(word) < _LONG_FOR_TWO or frequency >= _SEEN + 1 else 2
    best: tuple[int, int, int, str] | None = None
    for candidate, count in chain(_candidates(word, vocabulary), _begun_otherwise(word, vocabulary)):
        if abs(len(candidate) - len(word)) > within:
            continue
        distance = OSA.distance(word, candidate, score_cutoff=within)
        if distance > (best[0] if best else within) or (
            frequency >= _SEEN and _frequency(candidate) < frequency + _MUCH_COMMONER
        ):
            continue
        if frequency >= _SEEN + 1 and not _is_slip(word, candidate):
            continue
        rank = (distance, _unlikely(word, candidate), -count, candidate)
        if best is None or rank < best:
            best = rank
    return best[3] if best else None


def _unlikely(word: str, candidate: str) -> int:
    """How unlikely a slip is, of slips that change as many letters: from 0.

    Letters are left out, swapped or doubled, and vowels mistaken, before any letter is typed for any other.
    """
    if word[0] != candidate[0]:
        return 2
    if len(candidate) > len(word) or sorted(word) == sorted(candidate):
        return 0
    if len(candidate) < len(word):
        return 0 if _undoubled(word) == _undoubled(candidate) else 1
    changed = [(one, other) for one, other in zip(word, candidate, strict=True) if one != other]
    return 0 if all(_VOWELS.issuperset(pair) for pair in changed) else 1


def _undoubled(word: str) -> str:
    return "".join(letter for letter, before in zip(word, f" {word}", strict=False) if letter != before)


def _is_slip(word: str, candidate: str) -> bool:
    """Whether one letter went astray as fingers and ears lead them: two swapped, one vowel for another, one too few or many.

    Where a word is seen now and then, anything else makes it likelier that it is meant: kelp is not "keep".
    """
    if word[0] != candidate[0]:
        return False
    if len(word) != len(candidate):
        return len(word) >= _LONG
    if sorted(word) == sorted(candidate):
        return True
    (pair,) = ((one, other) for one, other in zip(word, candidate, strict=True) if one != other)
    return len(word) >= _LONG and _VOWELS.issuperset(pair)


def _known(word: str, vocabulary: Vocabulary) -> bool:
    if word in vocabulary.lexicon.counts or word in vocabulary.own_words or word in GENRE_WORDS:
        return True
    stems = analyse(word)
    return not stems or all(stem in vocabulary.lexicon.stems or stem in vocabulary.own_stems for stem in stems)


def _candidates(word: str, vocabulary: Vocabulary) -> Iterator[tuple[str, int]]:
    counts = vocabulary.lexicon.counts
    for candidate in vocabulary.lexicon.by_letter.get(word[0], ()):
        yield candidate, counts[candidate]
    for candidate in vocabulary.own_by_letter.get(word[0], ()):
        if candidate not in counts:
            yield candidate, 0


def _begun_otherwise(word: str, vocabulary: Vocabulary) -> Iterable[tuple[str, int]]:
    """Words whose first letter was left out, swapped with the second, or (in longer words) another one."""
    if len(word) < SHORTEST + 1:
        return
    begun = [letter + word for letter in ascii_lowercase]
    begun.append(word[1] + word[0] + word[2:])
    if len(word) >= _LONG:
        begun.extend(letter + word[1:] for letter in ascii_lowercase if letter != word[0])
    for candidate in begun:
        count = vocabulary.lexicon.counts.get(candidate)
        if count is not None or candidate in vocabulary.own_words:
            yield candidate, count or 0


@lru_cache(maxsize=20_000)
def _frequency(word: str) -> float:
    """How common a word is on the Zipf scale, with an apostrophe where a name may have one: O'Brien."""
    written = [
        word,
        *(f"{word[0]}'{word[1:]}" for begin in _NAMES_BEGIN if word.startswith(begin) and len(word) > SHORTEST),
    ]
    return float(max(zipf_frequency(each, "en") for each in written))


def _derived(word: str) -> bool:
    """Whether it is a common word with an ending, such as felting, which frequency alone would not tell."""
    for ending in _ENDINGS:
        root = word.removesuffix(ending)
        if root != word and len(root) >= SHORTEST and max(_frequency(root), _frequency(root + "e")) >= _SURELY_REAL:
            return True
    return False

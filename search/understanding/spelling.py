"""Words that no document holds, corrected from those that documents hold.

Real English words are left alone even where no document holds them: somebody who asks for falconry
is better told that there is none than shown factories.
"""

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA
from wordfreq import zipf_frequency

from search.text import analyse
from search.understanding.vocabulary import Vocabulary

SHORTEST = 4
# On the Zipf scale, 3 is one in a million words. Common misspellings reach almost that.
_SURELY_REAL = 3.0
_SEEN = 1.0
_MUCH_COMMONER = 1.5
_LONG = 6
_VOWELS = frozenset("aeiou")
_ENDINGS = ("ings", "ing", "ers", "er", "ed", "es", "s", "ery", "y", "ly")


def warm_up() -> None:
    """Loads the list of English words, so that the first misspelt word need not wait for it."""
    _frequency("the")


def corrected(word: str, vocabulary: Vocabulary) -> str | None:
    """The word that was probably meant by a folded, unstemmed word; None to leave it as it is."""
    if len(word) < SHORTEST or not word.isalpha() or _known(word, vocabulary):
        return None
    if _real(word):
        return None
    better = _nearest(word, vocabulary) or _parted(word, vocabulary)
    if better is None and word.endswith("s") and len(word) > SHORTEST and not _real(word[:-1]):
        better = _nearest(word[:-1], vocabulary)
    return better


def _real(word: str) -> bool:
    frequency = _frequency(word)
    return frequency >= _SURELY_REAL or (frequency >= _SEEN and _derived(word))


def _nearest(word: str, vocabulary: Vocabulary) -> str | None:
    frequency = _frequency(word)
    within = 1 if len(word) < _LONG or frequency >= _SEEN + 1 else 2
    best: tuple[int, bool, int, str] | None = None
    for candidate, count in _candidates(word, vocabulary):
        if abs(len(candidate) - len(word)) > within:
            continue
        distance = OSA.distance(word, candidate, score_cutoff=within)
        if distance > within or (frequency >= _SEEN and _frequency(candidate) < frequency + _MUCH_COMMONER):
            continue
        if frequency >= _SEEN + 1 and not _is_slip(word, candidate):
            continue
        # A letter too few is commoner than one too many.
        rank = (distance, len(candidate) < len(word), -count, candidate)
        if best is None or rank < best:
            best = rank
    return best[3] if best else None


def _is_slip(word: str, candidate: str) -> bool:
    """Whether one letter went astray as fingers and ears lead them: two swapped, one vowel for another, one too few or many.

    Where a word is seen now and then, anything else makes it likelier that it is meant: kelp is not "keep".
    """
    if len(word) != len(candidate):
        return len(word) >= _LONG
    if sorted(word) == sorted(candidate):
        return True
    (pair,) = ((one, other) for one, other in zip(word, candidate, strict=True) if one != other)
    return len(word) >= _LONG and _VOWELS.issuperset(pair)


def _parted(word: str, vocabulary: Vocabulary) -> str | None:
    """Two words that were written as one, such as screenprinting, if documents hold both and hardly anybody writes it so."""
    if _frequency(word) >= _SEEN + 1:
        return None
    counts = vocabulary.lexicon.counts
    parts = (
        (word[:cut], word[cut:])
        for cut in range(SHORTEST, len(word) - SHORTEST + 1)
        if word[:cut] in counts and word[cut:] in counts
    )
    best = max(parts, key=lambda pair: min(counts[part] for part in pair), default=None)
    return " ".join(best) if best else None


def _known(word: str, vocabulary: Vocabulary) -> bool:
    if word in vocabulary.lexicon.counts or word in vocabulary.own_words:
        return True
    stems = analyse(word)
    return not stems or all(stem in vocabulary.lexicon.stems or stem in vocabulary.own_stems for stem in stems)


def _candidates(word: str, vocabulary: Vocabulary) -> Iterable[tuple[str, int]]:
    counts = vocabulary.lexicon.counts
    for candidate in vocabulary.lexicon.by_letter.get(word[0], ()):
        yield candidate, counts[candidate]
    for candidate in vocabulary.own_words:
        if candidate[0] == word[0] and candidate.isalpha() and candidate not in counts and len(candidate) >= SHORTEST:
            yield candidate, 0


@lru_cache(maxsize=20_000)
def _frequency(word: str) -> float:
    return float(zipf_frequency(word, "en"))


def _derived(word: str) -> bool:
    """Whether it is a common word with an ending, such as felting, which frequency alone would not tell."""
    for ending in _ENDINGS:
        root = word.removesuffix(ending)
        if root != word and len(root) >= SHORTEST and max(_frequency(root), _frequency(root + "e")) >= _SURELY_REAL:
            return True
    return False

"""Words that point to a kind, a skill or another choice of a facet: they lift what has it, and filter nothing."""

from collections.abc import Mapping, Sequence

from search.results import Reading
from search.understanding.vocabulary import Term, Vocabulary
from search.understanding.words import Word, longest_runs, meaning, reading_key, typed_run

Words = Mapping[str, Sequence[str]]
Runs = Mapping[tuple[str, ...], tuple[Term, ...]]


def keyed(words: Words, labels: Mapping[str, str]) -> dict[tuple[str, ...], tuple[Term, ...]]:
    """Runs of stems for the values that have a label; their own labels are among the words.

    Words may stand for several values: a trip may be a visit, or lead outdoors.
    """
    found: dict[tuple[str, ...], dict[str, Term]] = {}
    for value, label in labels.items():
        for phrase in (label, *words.get(value, ())):
            if run := meaning(phrase):
                found.setdefault(run, {}).setdefault(value, Term(value, label))
    return {run: tuple(terms.values()) for run, terms in found.items()}


def find_lifts(
    text: str, words: Sequence[Word], vocabulary: Vocabulary, undone: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...], tuple[Reading, ...]]:
    """The kinds, the skills and the choices of other facets that the words point to, and what to say of them."""
    finder = _Finder(text, words, undone)
    kinds = finder.values("kind", vocabulary.kinds)
    # What names a kind does not name another choice, too: outdoor learning is no place.
    kind_words = frozenset(finder.used)
    skills = finder.values("skill", vocabulary.skills)
    others = tuple(
        (field, value)
        for field, runs in vocabulary.others.items()
        for value in finder.values("kind", runs, leaving_out=kind_words)
    )
    return kinds, skills, others, tuple(dict.fromkeys(finder.readings))


class _Finder:
    """Finds what words point to. `readings` says what was found, `used` in which words (by index)."""

    def __init__(self, text: str, words: Sequence[Word], undone: frozenset[str]) -> None:
        self.readings: list[Reading] = []
        self.used: set[int] = set()
        self._text = text
        self._words = words
        self._undone = undone
        # One index a token: stop words hold none, a hyphenated word may hold several.
        self._tokens = [(token, index) for index, word in enumerate(words) for token in word.tokens]

    def values(self, job: str, runs: Runs, leaving_out: frozenset[int] = frozenset()) -> tuple[str, ...]:
        """The values that runs of tokens stand for, but for those in words that are left out."""
        tokens = [token for token, _ in self._tokens]
        found: dict[str, None] = {}
        for first, last in longest_runs(runs, tokens):
            indexes = range(self._tokens[first][1], self._tokens[last][1] + 1)
            typed = typed_run(self._text, self._words, indexes[0], indexes[-1])
            key = reading_key(job, typed)
            new = [term for term in runs[tuple(tokens[first : last + 1])] if term.value not in found]
            if new and key not in self._undone and leaving_out.isdisjoint(indexes):
                found.update(dict.fromkeys(term.value for term in new))
                self.readings.append(Reading(job, typed, " and ".join(term.label for term in new), key))
                self.used.update(indexes)
        return tuple(found)

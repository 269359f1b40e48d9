"""Words that point to a kind, a skill or another choice of a facet: they lift what has it, and filter nothing."""

from collections.abc import Mapping, Sequence

from search.results import Reading
from search.text import analyse
from search.understanding.vocabulary import Term, Vocabulary
from search.understanding.words import Word, longest_runs, reading_key, typed_run

Words = Mapping[str, Sequence[str]]
Runs = Mapping[tuple[str, ...], tuple[Term, ...]]


def keyed(words: Words, labels: Mapping[str, str]) -> dict[tuple[str, ...], tuple[Term, ...]]:
    """Runs of stems for the values that have a label; their own labels are among the words.

    Words may stand for several values: a trip may be a visit, or lead outdoors.
    """
    found: dict[tuple[str, ...], dict[str, Term]] = {}
    for value, label in labels.items():
        for phrase in (label, *words.get(value, ())):
            run = tuple(analyse(phrase))
            if run:
                found.setdefault(run, {}).setdefault(value, Term(value, label))
    return {run: tuple(terms.values()) for run, terms in found.items()}


def find_lifts(
    text: str, words: Sequence[Word], vocabulary: Vocabulary, undone: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...], tuple[Reading, ...]]:
    """The kinds, the skills and the choices of other facets that the words point to, and what to say of them."""
    readings: list[Reading] = []
    kinds = _values("kind", vocabulary.kinds, text, words, undone, readings)
    skills = _values("skill", vocabulary.skills, text, words, undone, readings)
    others = tuple(
        (field, value)
        for field, runs in vocabulary.others.items()
        for value in _values("kind", runs, text, words, undone, readings)
    )
    return kinds, skills, others, tuple(dict.fromkeys(readings))


def _values(
    job: str,
    runs: Runs,
    text: str,
    words: Sequence[Word],
    undone: frozenset[str],
    readings: list[Reading],
) -> tuple[str, ...]:
    # One index a token: stop words hold none, a hyphenated word may hold several.
    tokens = [(token, index) for index, word in enumerate(words) for token in word.tokens]
    values: dict[str, None] = {}
    for first, last in longest_runs(runs, [token for token, _ in tokens]):
        terms = runs[tuple(token for token, _ in tokens[first : last + 1])]
        typed = typed_run(text, words, tokens[first][1], tokens[last][1])
        key = reading_key(job, typed)
        new = [term for term in terms if term.value not in values]
        if new and key not in undone:
            values.update(dict.fromkeys(term.value for term in new))
            readings.append(Reading(job, typed, " and ".join(term.label for term in new), key))
    return tuple(values)

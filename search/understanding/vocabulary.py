"""What understanding knows, loaded beforehand and frozen, so that understanding itself is a pure step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from search.gazetteer import Gazetteer
from search.query import YearSpan
from search.text import analyse, plain_words
from search.understanding.genre import GENRE_WORDS
from search.understanding.words import singular_run

_WORTH_OFFERING = 4


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place that people name: a borough by its slug, a neighbourhood by its outward code, or both."""

    label: str
    boroughs: tuple[str, ...] = ()
    outcode: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A kind, a skill or another choice of a facet that words can point to."""

    value: str
    label: str


def by_letter(words: Iterable[str]) -> dict[str, list[str]]:
    """The words of letters alone by their first letter."""
    found: dict[str, list[str]] = {}
    for word in words:
        if word.isalpha():
            found.setdefault(word[0], []).append(word)
    return found


@dataclass(frozen=True)
class Lexicon:
    """The words of the index, unstemmed, with the number of documents that hold each."""

    counts: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all words."""
        return frozenset(analyse(" ".join(self.counts)))

    @cached_property
    def by_letter(self) -> dict[str, list[str]]:
        """The words that begin with each letter and are worth offering as a correction."""
        return by_letter(self.counts)


@dataclass(frozen=True)
class Vocabulary:
    """Words of the index, places, stages, kinds, skills and synonyms.

    Keys of `places` and `synonyms` are runs of plain words (lower case, unstemmed); keys of `kinds` and `skills` are runs
    of stems, and so are those of `others`, which holds choices of other facets by field. `stages` gives the school years
    of an audience by its slug.
    """

    lexicon: Lexicon = field(default_factory=Lexicon)
    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    places: Mapping[tuple[str, ...], NamedPlace] = field(default_factory=dict)
    stages: Mapping[str, YearSpan] = field(default_factory=dict)
    kinds: Mapping[tuple[str, ...], tuple[Term, ...]] = field(default_factory=dict)
    skills: Mapping[tuple[str, ...], tuple[Term, ...]] = field(default_factory=dict)
    others: Mapping[str, Mapping[tuple[str, ...], tuple[Term, ...]]] = field(default_factory=dict)
    synonyms: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def synonyms_by_singular(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """The synonyms by the singular of each word. Where one and many are both keys, each has what both have."""
        found: dict[tuple[str, ...], dict[str, None]] = {}
        for run, others in self.synonyms.items():
            key = singular_run(run)
            more = (other for other in others if singular_run(plain_words(other)) != key)
            found.setdefault(key, {}).update(dict.fromkeys(more))
        return {run: tuple(others) for run, others in found.items() if others}

    @cached_property
    def places_by_singular(self) -> dict[tuple[str, ...], NamedPlace]:
        """The places of several words by the singular of each: people write St Pauls and St Paul's."""
        return {singular_run(run): place for run, place in self.places.items() if len(run) > 1}

    @cached_property
    def written_as_one(self) -> dict[str, str]:
        """The runs of several words that readings know, in the singular, by what they are when written as one."""
        runs = (run for known in (self.places, self.synonyms) for run in known if len(run) > 1)
        return {"".join(singular_run(run)): " ".join(run) for run in runs}

    @cached_property
    def own_words(self) -> frozenset[str]:
        """Words that readings know, whether or not a document holds them; never misspelt."""
        found = {word for run in self.places for word in run}
        found.update(word for run in self.synonyms for word in run)
        return frozenset(found)

    @cached_property
    def own_by_letter(self) -> dict[str, list[str]]:
        """The words that begin with each letter, of those that readings know and that only say "I am searching"."""
        return by_letter(word for word in self.own_words | GENRE_WORDS if len(word) >= _WORTH_OFFERING)

    @cached_property
    def own_stems(self) -> frozenset[str]:
        """Stems that kinds, skills and the choices of other facets are known by."""
        known = (self.kinds, self.skills, *self.others.values())
        return frozenset(stem for runs in known for run in runs for stem in run)

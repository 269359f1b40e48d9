"""A text as it was understood: what must match, by which words or readings, and what only lifts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class YearSpan:
    """School years from `low` to `high`, both included: nursery is -1, reception 0, then 1 to 13."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Area:
    """A place as documents know it: boroughs by slug, or outward codes; either one is enough."""

    boroughs: tuple[str, ...] = ()
    outcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that must match: all of `words`, or any one of the alternatives.

    `words` are analysed tokens as typed (after spelling). `phrases` are other ways to say it, each
    a run of analysed tokens. `years` and `area` are readings: a document matches by overlapping
    years or by lying there, whatever its words.
    """

    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    years: YearSpan | None = None
    area: Area | None = None


@dataclass(frozen=True, slots=True)
class TextQuery:
    """All clauses must match; kinds, skills and others lift documents that have them, and filter nothing.

    `run` is the typed text's own tokens in order, which lift when they stand together. No clauses
    means that every document matches. `others` are choices of other facets, each a field and a value. `wished` are
    tokens that lift a document that holds them and need not be there.
    """

    clauses: tuple[Clause, ...] = ()
    run: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    wished: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the text asks for nothing."""
        return not self.clauses

    def tokens(self) -> frozenset[str]:
        """Every analysed token that a match may rest on, to mark it in what is shown."""
        found = set(self.run)
        for clause in self.clauses:
            found.update(clause.words)
            for phrase in clause.phrases:
                found.update(phrase)
        return frozenset(found)

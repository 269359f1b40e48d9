"""A query as a tree that no engine owns: planned once, rendered by each engine into its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Documents that hold a token or keyword in a field."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents that hold tokens side by side in a text field; one token is a term."""

    field: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Documents with any number of a field from `low` to `high`, both included; None is no limit."""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Best:
    """Any of the parts; the best part's score counts, and `tie` of each other's."""

    parts: tuple[Node, ...]
    tie: float = 0.0


@dataclass(frozen=True, slots=True)
class All:
    """All of `must` (scores add up), all of `filters` (no score), none of `never`; `lifts` only add score.

    Without `must` and `filters` nothing matches.
    """

    must: tuple[Node, ...] = ()
    filters: tuple[Node, ...] = ()
    never: tuple[Node, ...] = ()
    lifts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class OneOf:
    """Any of the parts; their scores add up. No parts: no document."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """The part with its score multiplied."""

    part: Node
    factor: float


@dataclass(frozen=True, slots=True)
class Worth:
    """The part with a fixed score."""

    part: Node
    score: float


Node = Term | Phrase | Between | Best | All | OneOf | Times | Worth

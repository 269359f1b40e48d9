"""Which words of a longer text are enough, where hardly anything holds all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log

from search import ranking


@dataclass(frozen=True, slots=True)
class Enough:
    """Sets of clauses (by index) that are enough, each with its share of the weight; and the smallest of them."""

    sets: tuple[tuple[tuple[int, ...], float], ...]
    smallest: tuple[tuple[int, ...], ...]


def weight(holding: int, documents: int) -> float:
    """What a clause weighs: the rarer the heavier, and heaviest what no document holds (BM25's idf)."""
    return log(1 + (max(documents - holding, 0) + 0.5) / (holding + 0.5))


def is_wanted(clauses: int, full_matches: int) -> bool:
    """Whether a text of so many clauses with so few full matches is answered with enough of the words, too."""
    return clauses >= ranking.ENOUGH_FROM_CLAUSES and full_matches < ranking.ENOUGH_BELOW_MATCHES


def find_enough(holding: Sequence[int], documents: int) -> Enough | None:
    """The sets of clauses that are enough, from the number of documents that match each clause.

    None when no set of clauses that documents match has enough of the weight.
    """
    weights = [weight(count, documents) for count in holding]
    heaviest = sorted(range(len(weights)), key=lambda index: (-weights[index], index))
    deciding = heaviest[: ranking.ENOUGH_MOST_CLAUSES]
    whole = sum(weights[index] for index in deciding)
    present = sorted(index for index in deciding if holding[index])
    sets: list[tuple[tuple[int, ...], float]] = []
    smallest: list[tuple[int, ...]] = []
    for size in range(1, len(present) + 1):
        for chosen in combinations(present, size):
            share = sum(weights[index] for index in chosen) / whole
            if share >= ranking.ENOUGH_SHARE:
                sets.append((chosen, share))
                if not any(set(small) <= set(chosen) for small in smallest):
                    smallest.append(chosen)
    return Enough(tuple(sets), tuple(smallest)) if sets else None

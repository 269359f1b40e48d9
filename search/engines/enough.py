"""Which words of a longer text are enough, where hardly anything holds all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log

from search import ranking


@dataclass(frozen=True, slots=True)
class Enough:
    """The smallest sets of clauses (by index) that are enough, and what share of the weight each deciding clause has."""

    smallest: tuple[tuple[int, ...], ...]
    shares: Mapping[int, float]


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
    least = ranking.ENOUGH_SHARE if all(holding) else ranking.ENOUGH_SHARE_WITH_ABSENT
    heaviest = sorted(range(len(weights)), key=lambda index: (-weights[index], index))
    deciding = heaviest[: ranking.ENOUGH_MOST_CLAUSES]
    whole = sum(weights[index] for index in deciding)
    shares = {index: weights[index] / whole for index in sorted(deciding) if holding[index]}
    smallest: list[tuple[int, ...]] = []
    for size in range(1, len(shares) + 1):
        for chosen in combinations(shares, size):
            enough = sum(shares[index] for index in chosen) >= least
            if enough and not any(set(small) <= set(chosen) for small in smallest):
                smallest.append(chosen)
    return Enough(tuple(smallest), shares) if smallest else None

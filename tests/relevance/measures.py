"""What a list of results is worth, given the grades of what it should hold: pure functions of references."""

from collections.abc import Mapping, Sequence
from math import log2

Grades = Mapping[str, int]
GOOD = 2


def gain(grade: int) -> int:
    """What a result of a grade is worth: an exact answer seven times a fair one."""
    return int(2**grade - 1)


def dcg(grades: Sequence[int]) -> float:
    """The gains of grades in their order, each divided by the logarithm of its place."""
    return sum(gain(grade) / log2(place + 1) for place, grade in enumerate(grades, start=1))


def ndcg(found: Sequence[str], grades: Grades, at: int = 10) -> float:
    """The first results' worth as a share of the best possible: 1 when nothing could stand better. 0 without grades."""
    best = dcg(sorted(grades.values(), reverse=True)[:at])
    return dcg([grades.get(each, 0) for each in found[:at]]) / best if best else 0.0


def recall(found: Sequence[str], grades: Grades, at: int = 20) -> float:
    """The share of the good answers (of the fair ones, where there are none better) among the first results.

    Where there are more than the first results can hold, as many as they can hold are all.
    """
    least = min(GOOD, max(grades.values(), default=GOOD))
    wanted = {each for each, grade in grades.items() if grade >= least}
    return len(wanted.intersection(found[:at])) / min(len(wanted), at) if wanted else 0.0


def success(found: Sequence[str], grades: Grades) -> float:
    """1 when the first result is a good answer, or as good as there is any; else 0."""
    if not found or not grades:
        return 0.0
    return float(grades.get(found[0], 0) >= min(GOOD, max(grades.values())))

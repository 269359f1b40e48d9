"""Asks an engine all judged searches, measures what it gives, and tells it as a table."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from search.criteria import SearchCriteria
from search.results import SearchResults
from tests.relevance.judgements import Judged
from tests.relevance.measures import ndcg, recall, success

Search = Callable[[SearchCriteria], SearchResults]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one search found: references in their order, a page of them, and how many there are on all pages."""

    judged: Judged
    found: tuple[str, ...]
    total: int

    @property
    def ndcg(self) -> float:
        """How good its first ten are."""
        return ndcg(self.found, self.judged.grades)

    @property
    def recall(self) -> float:
        """How much of what it should find is on the first page."""
        return recall(self.found, self.judged.grades)

    @property
    def success(self) -> float:
        """Whether its first result is a good one."""
        return success(self.found, self.judged.grades)


@dataclass(frozen=True, slots=True)
class Figures:
    """The means of the measures over some searches; None where no search of them has to do with it."""

    searches: int
    ndcg: float | None
    recall: float | None
    success: float | None
    empty: float | None


def run(search: Search, searches: Iterable[Judged], references: Mapping[int, str]) -> list[Outcome]:
    """Asks each judged search. `references` gives the import reference of an opportunity by its id."""
    return [_asked(search, each, references) for each in searches]


def _asked(search: Search, judged: Judged, references: Mapping[int, str]) -> Outcome:
    results = search(SearchCriteria(text=judged.text))
    return Outcome(judged, tuple(references[hit.card.id] for hit in results.hits), results.total)


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """The figures of some outcomes: of those that should find something, and of those that should find nothing."""
    answered = [each for each in outcomes if each.judged.grades]
    unanswered = [each for each in outcomes if not each.judged.grades]
    return Figures(
        searches=len(outcomes),
        ndcg=_mean(each.ndcg for each in answered),
        recall=_mean(each.recall for each in answered),
        success=_mean(each.success for each in answered),
        empty=_mean(float(each.total == 0) for each in unanswered),
    )


def by_category(outcomes: Sequence[Outcome]) -> dict[str, Figures]:
    """The figures of each category."""
    categories = dict.fromkeys(each.judged.category for each in outcomes)
    return {name: figures([each for each in outcomes if each.judged.category == name]) for name in categories}


def table(engine: str, outcomes: Sequence[Outcome]) -> str:
    """The figures by category in lines of text, all together last."""
    rows = [*by_category(outcomes).items(), ("all", figures(outcomes))]
    head = f"{engine:<16}{'searches':>9}{'nDCG@10':>9}{'recall@20':>11}{'success@1':>11}{'empty':>8}"
    lines = [
        f"{name:<16}{row.searches:>9}{_told(row.ndcg):>9}{_told(row.recall):>11}{_told(row.success):>11}{_told(row.empty):>8}"
        for name, row in rows
    ]
    return "\n".join([head, *lines])


def worst(outcomes: Sequence[Outcome], number: int, titles: Mapping[str, str]) -> Iterator[str]:
    """The searches that did worst, each with what was wanted and what was found, in lines of text."""
    for each in sorted(outcomes, key=_worth)[:number]:
        grades = each.judged.grades
        best = sorted(grades, key=lambda reference: (-grades[reference], reference))
        yield f"\n{each.judged.text}  ({each.judged.category}, nDCG@10 {_told(_worth(each))}, {each.total} found)"
        for reference in each.found[: max(10, len(best[:10]))]:
            yield f"   {grades.get(reference, '-')}  {reference}  {titles.get(reference, '')}"
        for reference in best[:10]:
            if reference not in each.found[:10]:
                yield f"   missing {grades[reference]}  {reference}  {titles.get(reference, '')}"


def _worth(outcome: Outcome) -> float:
    return outcome.ndcg if outcome.judged.grades else float(outcome.total == 0)


def _mean(values: Iterable[float]) -> float | None:
    kept = list(values)
    return fmean(kept) if kept else None


def _told(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"

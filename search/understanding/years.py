"""School years, stages and ages in what was typed."""

import re
from collections.abc import Mapping, Sequence

from search.query import YearSpan
from search.results import Reading
from search.understanding.genre import PEOPLE
from search.understanding.vocabulary import Vocabulary
from search.understanding.words import Found, Word, reading_key, singular_run, token_run, typed_run

_NUMBER = r"(1[0-3]|[1-9])"
_TO = r"\s*(?:-|–|—|/|,|&|to|and|or)\s*"
_YEARS = re.compile(
    rf"\b(?:years?|yrs?|y)[\s.]*{_NUMBER}(?:{_TO}(?:(?:years?|yrs?|y)[\s.]*)?{_NUMBER}\b)?"
    rf"(?:{_TO}(?:(?:years?|yrs?|y)[\s.]*)?{_NUMBER}\b)?(?!\w)",
    re.IGNORECASE,
)
_AGES = re.compile(
    rf"\b(?:(?:ages?|aged)\s*(\d\d?)(?:{_TO}(\d\d?))?(?![\w])"
    rf"|(\d\d?)(?:{_TO}(\d\d?))?[\s-]*(?:years?|yrs?)[\s-]*olds?\b"
    r"|(?:son|daughter|child|kid|boy|girl|he|she)\s+(?:is|who\s+is)\s+(\d\d?)\b)",
    re.IGNORECASE,
)
YOUNGEST, OLDEST = 3, 18

#: Words for a stage, and the audience whose years it has.
STAGES: dict[tuple[str, ...], str] = {
    ("early", "years"): "early-years",
    ("early", "years", "foundation", "stage"): "early-years",
    ("eyfs",): "early-years",
    ("foundation", "stage"): "early-years",
    ("ks1",): "ks1",
    ("key", "stage", "1"): "ks1",
    ("key", "stage", "one"): "ks1",
    ("ks2",): "ks2",
    ("key", "stage", "2"): "ks2",
    ("key", "stage", "two"): "ks2",
    ("ks3",): "ks3",
    ("key", "stage", "3"): "ks3",
    ("key", "stage", "three"): "ks3",
    ("ks4",): "ks4",
    ("key", "stage", "4"): "ks4",
    ("key", "stage", "four"): "ks4",
    ("gcse",): "ks4",
    ("ks5",): "16-18",
    ("key", "stage", "5"): "16-18",
    ("key", "stage", "five"): "16-18",
    ("sixth", "form"): "16-18",
    ("6th", "form"): "16-18",
    ("sixth", "former"): "16-18",
    ("6th", "former"): "16-18",
    ("post", "16"): "16-18",
    ("16", "18"): "16-18",
    ("16", "19"): "16-18",
    ("a", "level"): "16-18",
}

#: Words whose years no audience holds.
SPANS: dict[tuple[str, ...], YearSpan] = {
    ("nursery",): YearSpan(-1, -1),
    ("reception",): YearSpan(0, 0),
    ("infant",): YearSpan(0, 2),
    ("infant", "school"): YearSpan(0, 2),
    ("junior",): YearSpan(3, 6),
    ("junior", "school"): YearSpan(3, 6),
    ("primary",): YearSpan(0, 6),
    ("primary", "school"): YearSpan(0, 6),
    ("secondary",): YearSpan(7, 11),
    ("secondary", "school"): YearSpan(7, 11),
}

#: Other words by which documents speak of the same stage, as tokens.
_STAGE_PHRASES: dict[str, tuple[tuple[str, ...], ...]] = {
    "early-years": (("earli", "year"), ("eyf",)),
    "ks1": (("ks1",), ("key", "stage", "1")),
    "ks2": (("ks2",), ("key", "stage", "2")),
    "ks3": (("ks3",), ("key", "stage", "3")),
    "ks4": (("ks4",), ("key", "stage", "4"), ("gcse",)),
    "16-18": (("ks5",), ("key", "stage", "5"), ("sixth", "form"), ("16", "18"), ("post", "16")),
}


def _singular[Value](keys: Mapping[tuple[str, ...], Value]) -> dict[tuple[str, ...], Value]:
    return {singular_run(run): value for run, value in keys.items()}


_STAGES, _SPANS = _singular(STAGES), _singular(SPANS)


def name_of(span: YearSpan) -> str:
    """A span of years in words: Nursery, Year 9, Years 7 to 9."""
    if span.low == span.high:
        return {-1: "Nursery", 0: "Reception"}.get(span.low, f"Year {span.low}")
    if span.low >= 1:
        return f"Years {span.low} {'and' if span.high == span.low + 1 else 'to'} {span.high}"
    low = "Nursery" if span.low == -1 else "Reception"
    return f"{low} to {'Reception' if span.high == 0 else f'Year {span.high}'}"


def find_years(text: str, words: Sequence[Word], vocabulary: Vocabulary) -> list[Found]:
    """Everything in the text that names school years: numbers, stages, ages."""
    found = []
    for match in _YEARS.finditer(text):
        numbers = [int(number) for number in match.groups() if number]
        span = YearSpan(min(numbers), max(numbers))
        phrases = tuple(("year", str(year)) for year in range(span.low, span.high + 1))
        found.append(_found(text, words, match.span(), span, phrases))
    for match in _AGES.finditer(text):
        ages = [int(age) for age in match.groups() if age]
        low, high = max(min(ages), YOUNGEST), min(max(ages), OLDEST)
        if low <= high:
            # A child who turns nine within a school year is in year 4, and in year 5 from September on.
            span = YearSpan(max(low - 5, -1), min(high - 4, 13))
            found.append(_found(text, words, match.span(), span, ()))
    found.extend(_stages(text, words, vocabulary))
    named = [each for each in found if each is not None]
    return [*_people(words, named), *named]


def _people(words: Sequence[Word], named: Sequence[Found]) -> list[Found]:
    """The words after years that only say whose years they are: "year 9 pupils" asks for no more than "year 9"."""
    after = {each.last + 1 for each in named} & set(range(len(words)))
    return [Found(index, index, weightless=True) for index in sorted(after) if words[index].plain in PEOPLE]


def _found(
    text: str, words: Sequence[Word], where: tuple[int, int], span: YearSpan, phrases: tuple[tuple[str, ...], ...]
) -> Found | None:
    inside = [index for index, word in enumerate(words) if where[0] <= word.start and word.end <= where[1]]
    if not inside:
        return None
    first, last = inside[0], inside[-1]
    typed = typed_run(text, words, first, last)
    reading = Reading("years", typed, name_of(span), reading_key("years", typed))
    return Found(first, last, reading, _ways(words, first, last, phrases), span)


def _stages(text: str, words: Sequence[Word], vocabulary: Vocabulary) -> list[Found | None]:
    plain = singular_run(word.plain for word in words)
    found: list[Found | None] = []
    for first in range(len(words)):
        for last in range(min(first + 4, len(words)) - 1, first - 1, -1):
            run = plain[first : last + 1]
            stage = _STAGES.get(run, "")
            span = vocabulary.stages.get(stage) or _SPANS.get(run)
            if span is not None:
                where = (words[first].start, words[last].end)
                found.append(_found(text, words, where, span, _STAGE_PHRASES.get(stage, ())))
                break
    return found


def _ways(
    words: Sequence[Word], first: int, last: int, phrases: tuple[tuple[str, ...], ...]
) -> tuple[tuple[str, ...], ...]:
    typed = token_run(words, first, last)
    # Of "A level" only the level is left once stop words are gone, and that is another thing.
    said = () if not typed or len(typed) == 1 < last - first + 1 else (typed,)
    return tuple(dict.fromkeys((*said, *phrases)))

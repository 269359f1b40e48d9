"""Words that point to a kind or a fusion skill: they lift what has it, and filter nothing."""

from collections.abc import Mapping, Sequence

from search.results import Reading
from search.text import analyse
from search.understanding.vocabulary import Term, Vocabulary
from search.understanding.words import Word, longest_runs, reading_key, typed_run

#: What people call a kind, beside its own name.
KIND_WORDS: dict[str, tuple[str, ...]] = {
    "visit": ("visit", "trip", "day out", "excursion", "workshop", "gallery visit", "museum visit", "tour"),
    "outdoor": ("outdoor learning", "forest school", "environmental learning", "nature walk", "outdoors"),
    "placement": (
        "work experience", "placement", "work placement", "industry placement", "work shadowing", "job shadowing",
        "t level placement", "supported internship", "work exp",
    ),
    "workplace": ("workplace visit", "office visit", "site visit", "company visit", "insight day", "workplace tour"),
    "internship": ("internship", "intern"),
    "apprenticeship": ("apprenticeship", "apprentice"),
    "talk": ("careers talk", "talk", "speaker", "careers fair", "careers event", "assembly", "careers day"),
    "mentoring": ("mentoring", "mentor", "coaching", "coach"),
    "course": ("course", "training", "class", "evening class", "lesson", "qualification"),
    "volunteering": ("volunteering", "volunteer"),
    "job": ("job", "vacancy", "paid work", "employment"),
    "cpd": ("cpd", "teacher cpd", "inset", "teacher training", "professional development", "staff training"),
}  # fmt: skip

#: What people call a fusion skill, beside its own name.
SKILL_WORDS: dict[str, tuple[str, ...]] = {
    "oral-communication": (
        "oral communication",
        "public speaking",
        "presentation skills",
        "presenting",
        "oracy",
        "speaking",
    ),
    "collaboration": ("collaboration", "teamwork", "team work", "working together", "team building"),
    "initiative": ("initiative", "taking the lead"),
    "problem-solving": ("problem solving", "solving problems"),
    "organisation": ("organisational skills", "organisation", "time management", "planning"),
    "adaptability": ("adaptability", "flexibility"),
    "written-communication": ("written communication", "writing skills"),
    "independence": ("independent working", "autonomy", "independence", "working alone"),
    "critical-thinking": ("critical thinking",),
    "resilience": ("resilience", "perseverance", "grit"),
    "creativity": ("creativity", "creative thinking", "creative"),
    "analysis": ("analysis and evaluation", "analysis", "evaluation", "analytical skills"),
}


def keyed(words: Mapping[str, tuple[str, ...]], labels: Mapping[str, str]) -> dict[tuple[str, ...], Term]:
    """Runs of stems for the values that have a label; their own labels are among the words."""
    found: dict[tuple[str, ...], Term] = {}
    for value, label in labels.items():
        for phrase in (label, *words.get(value, ())):
            run = tuple(analyse(phrase))
            if run:
                found.setdefault(run, Term(value, label))
    return found


def find_lifts(
    text: str, words: Sequence[Word], vocabulary: Vocabulary, undone: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Reading, ...]]:
    """The kinds and the skills that the words point to, and what to say of them."""
    readings: list[Reading] = []
    kinds = _values("kind", vocabulary.kinds, text, words, undone, readings)
    skills = _values("skill", vocabulary.skills, text, words, undone, readings)
    return kinds, skills, tuple(readings)


def _values(
    job: str,
    terms: Mapping[tuple[str, ...], Term],
    text: str,
    words: Sequence[Word],
    undone: frozenset[str],
    readings: list[Reading],
) -> tuple[str, ...]:
    # One index a token: stop words hold none, a hyphenated word may hold several.
    tokens = [(token, index) for index, word in enumerate(words) for token in word.tokens]
    values: dict[str, None] = {}
    for first, last in longest_runs(terms, [token for token, _ in tokens]):
        term = terms[tuple(token for token, _ in tokens[first : last + 1])]
        typed = typed_run(text, words, tokens[first][1], tokens[last][1])
        reading = Reading(job, typed, term.label, reading_key(job, typed))
        if reading.key not in undone and term.value not in values:
            values[term.value] = None
            readings.append(reading)
    return tuple(values)

"""The words of synthetic records and of the questions about them."""

from functools import lru_cache
from itertools import accumulate
from random import Random

from wordfreq import top_n_list

#: Every title holds one of each: theatre workshop, gallery tour.
TOPICS = (
    "theatre", "printmaking", "letterpress", "archaeology", "pottery", "careers", "engineering", "law", "finance",
    "coding", "museum", "gallery", "dance", "poetry", "history", "science", "food", "fashion", "music", "drawing",
    "climate", "garden", "river", "market", "architecture", "photography", "film", "health", "construction", "sport",
)  # fmt: skip
FORMS = ("workshop", "tour", "visit", "course", "talk", "placement", "day", "club", "apprenticeship", "session")

#: What may be chosen in the three facets that the questions narrow.
KINDS = (
    "visit", "outdoor", "placement", "workplace", "internship", "apprenticeship", "talk", "mentoring", "course",
    "volunteering", "job", "cpd",
)  # fmt: skip
SKILLS = (
    "oral-communication", "collaboration", "initiative", "problem-solving", "organisation", "adaptability",
    "written-communication", "independence", "critical-thinking", "resilience", "creativity", "analysis",
)  # fmt: skip
AUDIENCES = ("early-years", "ks1", "ks2", "ks3", "ks4", "16-18", "adults", "send", "families", "educators")

PLACES = ("Hackney", "Camden", "Southwark", "Greenwich", "Islington", "Lambeth", "Brixton", "Peckham", "Stratford")
OUTCODES = ("EC2Y", "E8", "SE15", "N1", "SW9", "NW1", "W12", "SE10")

_COMMON = 15_000


@lru_cache(maxsize=1)
def _common() -> tuple[list[str], list[float]]:
    words = [word for word in top_n_list("en", _COMMON) if word.isalpha() and len(word) > 2]
    # Words fall off as they do in English, so that posting lists have the lengths of a real index.
    return words, list(accumulate(1 / (rank + 30) for rank in range(len(words))))


def some_words(dice: Random, count: int) -> str:
    """So many words of English, the common ones often."""
    words, weights = _common()
    return " ".join(dice.choices(words, cum_weights=weights, k=count))

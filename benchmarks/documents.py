"""Synthetic documents, as many as asked for, the same ones each time."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from wordfreq import top_n_list

from search.document import (
    ANYTIME,
    NEVER,
    ONLINE,
    OPEN,
    Document,
    DocumentType,
    day_number,
    newest_key,
    rank_key,
    signed,
)
from search.results import Card, CardSkill
from search.text import analysed, plain_words, prefixes

KINDS = {
    "visit": "cultural", "outdoor": "cultural", "placement": "work", "workplace": "work", "internship": "work",
    "apprenticeship": "work", "talk": "careers", "mentoring": "careers", "course": "adult", "volunteering": "adult",
    "job": "adult", "cpd": "educator",
}  # fmt: skip
SKILLS = (
    "oral-communication", "collaboration", "initiative", "problem-solving", "organisation", "adaptability",
    "written-communication", "independence", "critical-thinking", "resilience", "creativity", "analysis",
)  # fmt: skip
AUDIENCES = ("early-years", "ks1", "ks2", "ks3", "ks4", "16-18", "adults", "send", "families", "educators")
TOPICS = (
    "theatre", "printmaking", "letterpress", "archaeology", "pottery", "careers", "engineering", "law", "finance",
    "coding", "museum", "gallery", "dance", "poetry", "history", "science", "food", "fashion", "music", "drawing",
    "climate", "garden", "river", "market", "architecture", "photography", "film", "health", "construction", "sport",
)  # fmt: skip
FORMS = ("workshop", "tour", "visit", "course", "talk", "placement", "day", "club", "apprenticeship", "session")
OUTCODES = tuple(
    [f"E{n}" for n in range(1, 21)] + [f"N{n}" for n in range(1, 23)] + [f"SE{n}" for n in range(1, 29)]
    + [f"SW{n}" for n in range(2, 21)] + [f"NW{n}" for n in range(2, 12)] + [f"W{n}" for n in range(2, 15)]
    + ["EC1A", "EC1M", "EC2A", "EC2M", "EC2V", "EC2Y", "EC3M", "EC3V", "EC4M", "EC4V", "WC1A", "WC2H"]
)  # fmt: skip
TODAY = date(2026, 9, 1)


class Maker:
    """Makes synthetic documents; `seed` sets which."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.common = [word for word in top_n_list("en", 15_000) if word.isalpha() and len(word) > 2]
        # Words fall off as they do in English, so that posting lists have the lengths of a real index.
        self.weights = list(accumulate(1 / (rank + 30) for rank in range(len(self.common))))

    def text(self, words: int) -> str:
        """So many words, the common ones often."""
        return " ".join(self.chance.choices(self.common, cum_weights=self.weights, k=words))

    def some(self, values: tuple[str, ...], most: int) -> list[str]:
        """Between one and `most` of the values."""
        return self.chance.sample(values, self.chance.randint(1, most))

    def document(self, pk: int) -> Document:
        """One opportunity."""
        pick = self.chance.choice
        kind = pick(tuple(KINDS))
        title = f"{pick(TOPICS).capitalize()} {pick(FORMS)}: {self.text(3)}"
        partner = f"{self.text(1).capitalize()} {pick(('Museum', 'Trust', 'Company', 'Studio', 'College'))}"
        summary, description = self.text(18), self.text(150)
        skills, audiences, outcode = self.some(SKILLS, 3), self.some(AUDIENCES, 3), pick(OUTCODES)
        days = sorted(
            {day_number(TODAY + timedelta(days=self.chance.randint(0, 300))) for _ in range(pick((0, 3, 12)))}
        )
        online = self.chance.random() < 0.08
        low = self.chance.randint(-1, 12)
        traits = [OPEN] + ([ONLINE] if online else []) + ([] if days else [ANYTIME])
        card = self._card(pk, title, summary, kind, partner, skills)
        values: dict[str, str | int | tuple[int, ...]] = {
            "key": DocumentType.OPPORTUNITY.key(pk), "type": DocumentType.OPPORTUNITY.value, "id": pk,
            "title": analysed([title]), "partner": analysed([partner]), "summary": analysed([summary]),
            "tags": analysed([kind, *skills, *audiences]), "description": analysed([description]),
            "words": " ".join(dict.fromkeys(plain_words(f"{title} {partner} {summary} {description}"))),
            "prefixes": prefixes([title, partner]),
            "kind": kind, "strand": KINDS[kind], "skill": " ".join(skills), "audience": " ".join(audiences),
            "sector": " ".join(f"sector-{n}" for n in self.chance.sample(range(16), 2)),
            "theme": f"theme-{self.chance.randrange(10)}", "subject": f"subject-{self.chance.randrange(21)}",
            "borough": "" if online else f"borough-{self.chance.randrange(33)}", "place": "online" if online else "partner_site",
            "cost": pick(("free", "free", "free_if_eligible", "paid")), "partner_kind": f"partner-{self.chance.randrange(8)}",
            "access": " ".join(f"access-{n}" for n in self.chance.sample(range(14), 3)),
            "years": " ".join(f"y{year}" for year in range(low, min(low + 3, 13) + 1)), "outcode": "" if online else outcode,
            "traits": " ".join(traits), "days": tuple(days), "open_days": tuple(days[: len(days) // 2 + 1]),
            "rank_key": rank_key(days[0] if days else None, pk),
            "newest_key": newest_key(day_number(TODAY) - self.chance.randrange(300), days[0] if days else None, pk),
            "visible_until": NEVER, "next_change_at": NEVER, "card": card.to_json().decode(),
        }  # fmt: skip
        return signed(values)

    def documents(self, count: int) -> Iterator[Document]:
        """So many opportunities."""
        return (self.document(pk) for pk in range(1, count + 1))

    def _card(self, pk: int, title: str, summary: str, kind: str, partner: str, skills: list[str]) -> Card:
        return Card(
            id=pk, url=f"/opportunities/{pk}-synthetic/", title=title, summary=summary, kind=kind, kind_label=kind,
            strand=KINDS[kind], partner_name=partner, partner_url="/partners/1-synthetic/",
            next_start=datetime(2026, 10, 1, 9, tzinfo=UTC), skills=tuple(CardSkill(slug, slug, "thinking") for slug in skills),
        )  # fmt: skip

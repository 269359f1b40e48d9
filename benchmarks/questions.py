"""The questions that are asked: addresses of the search page, and the same as requests to an engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from urllib.parse import urlencode

from benchmarks.words import AUDIENCES, FORMS, KINDS, OUTCODES, PLACES, SKILLS, TOPICS

Parameters = Mapping[str, str | tuple[str, ...]]
SEED = 2


@dataclass(frozen=True, slots=True)
class Question:
    """One search: its text, the choices made in facets, and the other parameters of its address."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)

    @property
    def query_string(self) -> str:
        """The address of its page, from the question mark on."""
        text = {"q": self.text} if self.text else {}
        return urlencode({**text, **self.chosen, **self.others}, doseq=True)


class Questions:
    """Random questions, hardly two alike, so that no count is remembered from the one before."""

    def __init__(self, seed: int = SEED) -> None:
        self.dice = Random(seed)

    def two(self) -> str:
        """A topic and a form, such as theatre workshop."""
        return f"{self.dice.choice(TOPICS)} {self.dice.choice(FORMS)}"

    def filters(self) -> dict[str, tuple[str, ...]]:
        """Three facets with choices."""
        return {
            "kind": tuple(self.dice.sample(KINDS, 3)),
            "skill": tuple(self.dice.sample(SKILLS, 2)),
            "audience": tuple(self.dice.sample(AUDIENCES, 3)),
        }

    def year(self) -> str:
        """A topic and a year: documents of that year come first, then those of the years beside it."""
        return f"{self.dice.choice(TOPICS)} year {self.dice.randint(1, 12)}"

    def many(self) -> str:
        """Five words, of which hardly a document holds all."""
        return " ".join([*self.dice.sample(TOPICS, 3), *self.dice.sample(FORMS, 2)])

    def dates(self) -> dict[str, str]:
        """Open places within some weeks."""
        begin = date.today() + timedelta(days=self.dice.randint(0, 200))  # noqa: DTZ011  any day will do
        end = begin + timedelta(days=self.dice.randint(5, 60))
        return {"from": begin.isoformat(), "to": end.isoformat(), "open": "1"}

    def deep(self) -> dict[str, str]:
        """The last page; what was taken back is not in the text, so it changes nothing but the name of the search."""
        return {"page": "50", "as_typed": f"none-{self.dice.random()}"}

    def near(self) -> dict[str, str]:
        """Within some miles of a place."""
        return {"near": self.dice.choice(OUTCODES), "within": str(self.dice.choice((1, 3, 5, 10)))}


NARROWED = "text, three filters, all facets"
PLAIN = "text, all facets"
TWO_TIERS = "text with a year, three filters"

#: What is asked of both the engine and the page.
MAIN: Mapping[str, Callable[[Questions], Question]] = {
    NARROWED: lambda make: Question(make.two(), make.filters()),
    PLAIN: lambda make: Question(make.two()),
    TWO_TIERS: lambda make: Question(make.year(), make.filters()),
}
#: What is asked of the engine alone.
MORE: Mapping[str, Callable[[Questions], Question]] = {
    "text with a place": lambda make: Question(f"{make.dice.choice(TOPICS)} {make.dice.choice(PLACES)}"),
    "five words, enough of them": lambda make: Question(make.many()),
    "no text, three filters": lambda make: Question("", make.filters()),
    "open places in these dates": lambda make: Question(make.two(), others=make.dates()),
    "within a radius": lambda make: Question(make.two(), others=make.near()),
    "nearest first": lambda make: Question(make.two(), others={**make.near(), "sort": "nearest"}),
    "soonest first": lambda make: Question(make.two(), make.filters(), {"sort": "soonest"}),
    "page 50 of a common word": lambda make: Question("people", others=make.deep()),
}


def questions(name: str, count: int, seed: int = SEED) -> list[Question]:
    """So many questions of one kind, the same each time."""
    make = {**MAIN, **MORE}[name]
    maker = Questions(seed)
    return [make(maker) for _ in range(count)]

"""(c) Suggestions while typing: from the engine, and with the vocabulary's terms as the site gives them."""

from __future__ import annotations

from random import Random

from django.utils import timezone

from benchmarks.options import PARTS
from benchmarks.running import Run
from benchmarks.tables import Table
from benchmarks.timing import timed
from benchmarks.words import FORMS, TOPICS, some_words
from search.engines.base import SearchEngine
from search.selectors import suggest


def measure(run: Run) -> Table:
    """One to twelve letters, as somebody types them."""
    table = Table("c", PARTS["c"], run.size)
    table.notes = ("× raw: p50 over that of the embedded engine's query with text, three filters and all facets.",)
    typed = _typed(run.options.requests)
    for contender in run.contenders:
        engine = contender.engine
        times = timed([lambda each=each, engine=engine: _ask(engine, each) for each in typed], contender.pid)  # type: ignore[misc]
        table.add("the engine", contender.name, ratio=times.p50 / run.raw, **times.figures())
        with contender.in_use():
            times = timed([lambda each=each: len(suggest(each)) for each in typed], contender.pid)  # type: ignore[misc]
        table.add("with terms, as the site gives them", contender.name, ratio=times.p50 / run.raw, **times.figures())
    return table


def _ask(engine: SearchEngine, typed: str) -> int:
    return len(engine.suggest(typed, timezone.now()))


def _typed(count: int) -> list[str]:
    dice = Random(4)
    whole = [f"{dice.choice(TOPICS)} {dice.choice((*FORMS, some_words(dice, 1)))}" for _ in range(count)]
    return [each[: dice.randint(1, 12)] for each in whole]

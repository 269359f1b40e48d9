"""`python -m benchmarks.beside`: Wagtail's search on one database, in turn with our engines; prints rows as JSON.

Its environment is a world's with another database (`benchmarks.side_by_side` starts it).
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import django

from benchmarks.options import Options
from benchmarks.world import World

_MOST_SECONDS = 15.0
_FEWEST, _WARM_UP = 3, 1


def main() -> None:
    """Loads the table unless that was done, then asks."""
    size, told = int(sys.argv[1]), sys.argv[2]
    django.setup()
    from django.db import connection

    from benchmarks.beside.loading import load

    world = World(size)
    print(f"   {connection.display_name}: ", end="", file=sys.stderr, flush=True)
    rows: list[dict[str, object]] = []
    mark = _mark(world)
    if mark is None or not mark.exists():
        seconds = load(world.listings)
        rows.append({"what": "indexing", "engine": _name(), "documents": size, "seconds": seconds})
        if mark is not None:
            mark.touch()
    rows += _asked(Options.from_json(told))
    print("measured", file=sys.stderr, flush=True)
    print(json.dumps(rows))


def _mark(world: World) -> Path | None:
    """There once the table of a database that is kept is full."""
    from django.db import connection

    return world.listings.with_suffix(".loaded") if connection.vendor == "sqlite" else None


def _name() -> str:
    from django.db import connection

    return f"wagtail on {connection.display_name}"


def _asked(options: Options) -> list[dict[str, object]]:
    from benchmarks.questions import NARROWED, PLAIN, questions
    from benchmarks.timing import Stopwatch

    rows: list[dict[str, object]] = []
    for title, name, facets in ((NARROWED, NARROWED, True), (PLAIN, PLAIN, True), ("text, no facets", PLAIN, False)):
        ways = _ways(facets=facets)
        watches = {way: Stopwatch() for way in ways}
        asked = questions(name, options.requests + _WARM_UP, seed=30)
        until = time.monotonic() + _MOST_SECONDS
        for number, question in enumerate(asked):
            if number >= _FEWEST + _WARM_UP and time.monotonic() > until:
                break
            for way, ask in ways.items():
                if number < _WARM_UP:
                    ask(question.text, question.chosen)
                else:
                    watches[way].run(lambda ask=ask, question=question: ask(question.text, question.chosen))  # type: ignore[misc]
        for way, watch in watches.items():
            times = watch.read()
            row = {"what": title, "engine": way, "p50": times.p50, "p95": times.p95, "found": times.found}
            rows.append({**row, "requests": len(times.wall)})
    return rows


def _ways(*, facets: bool) -> dict[str, Callable[[str, Mapping[str, tuple[str, ...]]], int]]:
    from django.utils import timezone

    from benchmarks.beside.asking import PlainSearch
    from benchmarks.contenders import contenders
    from search.criteria import SearchCriteria
    from search.engines.base import Request
    from search.query import Clause, TextQuery
    from search.text import analyse

    plain = PlainSearch()
    names = ["embedded", "elasticsearch"] if os.environ.get("ELASTICSEARCH_URL") else ["embedded"]
    engines = {each.name: each.engine for each in contenders(names)}

    def ours(name: str) -> Callable[[str, Mapping[str, tuple[str, ...]]], int]:
        def ask(text: str, chosen: Mapping[str, tuple[str, ...]]) -> int:
            # The words alone, without what we would understand of them: the same question to all.
            tokens = tuple(analyse(text))
            query = TextQuery(tuple(Clause((token,)) for token in tokens), tokens)
            criteria = SearchCriteria(text=text, **chosen)  # type: ignore[arg-type]
            return engines[name].search(Request(criteria, query, timezone.now())).total

        return ask

    found = {name: ours(name) for name in engines}
    found[_name()] = lambda text, chosen: plain.ask(text, chosen, facets=facets).total
    return found


if __name__ == "__main__":
    main()

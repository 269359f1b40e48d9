"""What every part of a run is given."""

from __future__ import annotations

import cProfile
import os
import pstats
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from benchmarks.contenders import Contender, Prepared
from benchmarks.machine import load_average
from benchmarks.options import Options
from benchmarks.questions import NARROWED, Question, questions
from benchmarks.tables import Table, keep
from benchmarks.timing import timed
from benchmarks.world import ROOT, VAR
from directory.forms import SearchForm
from directory.selectors import facet_labels
from search.engines.base import Request, SearchEngine
from search.selectors import read
from search.vocabulary import gazetteer

_PROFILED_LINES = 25
_NOT_OURS = (".venv", "benchmarks")


@dataclass
class Run:
    """One size: what is ready to be measured, and `raw`, the milliseconds of the query that all ratios are of."""

    options: Options
    prepared: Prepared
    machine: dict[str, Any]
    raw: float = 0.0

    @property
    def size(self) -> int:
        """How many opportunities there are."""
        return self.prepared.world.size

    @property
    def contenders(self) -> list[Contender]:
        """The engines to measure."""
        return self.prepared.contenders

    def environment(self, contender: Contender) -> dict[str, str]:
        """The environment of a process of the site that uses this engine."""
        cluster = {name: value for name, value in os.environ.items() if name.startswith("ELASTICSEARCH_")}
        return {**self.prepared.world.environment(), **cluster, "SEARCH_ENGINE": contender.name}

    def say(self, text: str) -> None:
        """Tells how far it is."""
        self.prepared.say(text)

    def take_raw(self) -> None:
        """Measures the query that all ratios are of: the embedded engine's, with text, three filters and all facets."""
        engine = self.prepared.find("embedded").engine
        asked = [raw_call(engine, raw_request(each)) for each in questions(NARROWED, self.options.requests, seed=3)]
        self.raw = timed(asked).p50

    def measure(self, make: Callable[[Run], Table]) -> None:
        """Measures one part, prints its table and keeps it."""
        before = load_average()
        table = make(self)
        print(f"\n{table.text()}", flush=True)
        keep(table, self.machine, (before, load_average()), VAR)

    def profile(self, title: str, calls: Iterable[Callable[[], object]]) -> None:
        """Prints where the time goes, if that was asked for: a profile's own cost makes calls look dearer."""
        if not self.options.profile:
            return
        profile = cProfile.Profile()
        count = 0
        for call in calls:
            count += 1
            profile.runcall(call)
        rows = [
            (name, line, where, own * 1000 / count, whole * 1000 / count, times / count)
            for (where, line, name), (_, times, own, whole, _) in pstats.Stats(profile).stats.items()  # type: ignore[attr-defined]
        ]
        print(
            f"\nProfile of {title}: milliseconds of one call, mean of {count}; those of the profile itself are among them"
        )
        print("own time, whoever's function it is")
        _print_profile(sorted(rows, key=lambda row: -row[3]))
        print("time with all that it calls, functions of the project")
        own = [row for row in rows if row[2].startswith(str(ROOT)) and not set(_NOT_OURS) & set(Path(row[2]).parts)]
        _print_profile(sorted(own, key=lambda row: -row[4]))


def _print_profile(rows: list[tuple[str, int, str, float, float, float]]) -> None:
    print(f"{'own':>9} {'with all':>9} {'calls':>9}")
    for name, line, where, own, whole, times in rows[:_PROFILED_LINES]:
        place = "/".join(Path(where).parts[-3:])
        print(f"{own:9.3f} {whole:9.3f} {times:9.1f}  {place}:{line} {name}", flush=True)


def raw_request(question: Question) -> Request:
    """The request that the search page of a question makes of the engine."""
    criteria = SearchForm(QueryDict(question.query_string), facet_labels()).criteria()
    understood = read(criteria.text, criteria.undone)
    distances = gazetteer().distances(criteria.near) if criteria.near else {}
    return Request(criteria, understood.query, timezone.now(), distances)


def raw_call(engine: SearchEngine, request: Request) -> Callable[[], int]:
    """One search; how many there are."""
    return lambda: engine.search(request).total

"""(a) The raw engine query: a page of hits, exact totals and all facet counts, beside a bare query of one term."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from itertools import count

from tantivy import Query

from benchmarks.contenders import Contender
from benchmarks.options import PARTS
from benchmarks.questions import MAIN, MORE, NARROWED, TWO_TIERS, questions
from benchmarks.running import Run, raw_call, raw_request
from benchmarks.tables import Table
from benchmarks.timing import timed
from benchmarks.words import TOPICS
from search.engines.embedded import EmbeddedEngine
from search.text import analyse

_WARM_UP = 50
_WARM_UP_SECONDS = 60.0
_AS_QUICK, _IN_A_ROW = 0.97, 4
_SEED = 1_000


def measure(run: Run) -> Table:
    """Every kind of question, with each engine."""
    table = Table("a", PARTS["a"], run.size)
    table.notes = (
        "× raw: p50 over that of the embedded engine for the first row. cpu: of the process that asks; server cpu: mean of",
        "the node's. found: hits on average. No two questions of a kind are alike, so no count is remembered.",
    )
    for contender in run.contenders:
        warm_up(contender)
    for name in (*MAIN, *MORE):
        for contender in run.contenders:
            asked = [raw_request(each) for each in questions(name, run.options.requests)]
            times = timed([raw_call(contender.engine, each) for each in asked], contender.pid)
            if (name, contender.name) == (NARROWED, "embedded"):
                # From here on all ratios are of this one.
                run.raw = times.p50
            table.add(name, contender.name, ratio=times.p50 / run.raw, **times.figures())
    bare = run.prepared.find("embedded").engine
    if isinstance(bare, EmbeddedEngine):
        times = timed(_bare_terms(bare, run.options.requests))
        table.add("one term of one field, no facets", "embedded", ratio=times.p50 / run.raw, **times.figures())
    for contender in run.contenders:
        for name in (NARROWED, TWO_TIERS):
            asked = [raw_request(each) for each in questions(name, run.options.requests, seed=5)]
            run.profile(f"{name}, {contender.name}", [raw_call(contender.engine, each) for each in asked])
    return table


def warm_up(contender: Contender) -> None:
    """Asks the engine until it answers no quicker than before, several times in a row: Java compiles while it is asked.

    A cluster has been asked for days; after the first 500 searches it still takes twice what it does after 2,000.
    """
    until = time.monotonic() + _WARM_UP_SECONDS
    quickest, no_quicker = float("inf"), 0
    for seed in count(_SEED):
        begun = time.perf_counter()
        for each in (question for name in MAIN for question in questions(name, _WARM_UP, seed)):
            contender.engine.search(raw_request(each))
        took = time.perf_counter() - begun
        no_quicker = no_quicker + 1 if took > quickest * _AS_QUICK else 0
        if no_quicker == _IN_A_ROW or time.monotonic() > until:
            return
        quickest = min(quickest, took)


def _bare_terms(engine: EmbeddedEngine, number: int) -> list[Callable[[], int]]:
    """The least that the library can do: count one term in one field and rank twenty hits, nothing read of them."""
    snapshot = engine.snapshot()
    queries = [Query.term_query(snapshot.schema, "title", analyse(topic)[0]) for topic in TOPICS]

    def ask(query: Query) -> int:
        return int(snapshot.searcher.search(query, limit=20).count)  # type: ignore[attr-defined]  # missing in the stub

    calls: list[Callable[[], int]] = [partial(ask, query) for query in queries]
    return (calls * (number // len(calls) + 1))[:number]

"""(e) From save to visible: an opportunity is saved here, a drainer of its own process takes the change in."""

from __future__ import annotations

import sys
import time
from random import Random

from django.utils import timezone

from benchmarks.contenders import Contender
from benchmarks.options import PARTS
from benchmarks.running import Run
from benchmarks.servers import running
from benchmarks.tables import Table
from benchmarks.timing import Times
from changes.models import Change
from opportunities.models import Opportunity
from search.criteria import SearchCriteria
from search.engines.base import Request
from search.query import Clause, TextQuery
from search.text import analyse

_WARM_UP = 5
_PATIENCE_SECONDS = 60.0
_LOOK_SECONDS = 0.003
_LETTERS = "bcdfghjklmnpqrstvwxz"


def measure(run: Run) -> Table:
    """Saves one after another, each looked for until it is found."""
    table = Table("e", PARTS["e"], run.size)
    table.notes = (
        "From before the save until a search finds the new title; looked for every 3 ms. The drainer is the real command.",
        "With elasticsearch it feeds the embedded index, too, as the standby.",
    )
    for contender in run.contenders:
        times = _save_and_look(run, contender)
        figures = {"p50": times.p50, "p95": times.p95, "worst": max(times.wall)}
        table.add("save to visible", contender.name, ratio=times.p50 / run.raw, requests=len(times.wall), **figures)
    return table


def _save_and_look(run: Run, contender: Contender) -> Times:
    dice = Random(6)
    environment = run.environment(contender)
    command = [sys.executable, "manage.py", "drain_changes"]
    chosen = list(Opportunity.objects.filter(live=True).order_by("pk")[: run.options.saves + _WARM_UP])
    titles = {each.pk: each.title for each in chosen}
    with running(command, environment):
        took = []
        for each in chosen:
            word = "zq" + "".join(dice.choices(_LETTERS, k=10))
            begun = time.perf_counter()
            each.title = f"{titles[each.pk][:60]} {word}"
            each.save()
            _wait_until_found(contender, word)
            took.append((time.perf_counter() - begun) * 1000)
            # So that saves come at any moment between two looks of the drainer.
            time.sleep(dice.random() * 0.2)
        for each in chosen:
            each.title = titles[each.pk]
            each.save()
        _wait_until_drained(contender)
    return Times(tuple(took[_WARM_UP:]))


def _wait_until_found(contender: Contender, word: str) -> None:
    tokens = tuple(analyse(word))
    query = TextQuery((Clause(tokens),), tokens)
    end = time.monotonic() + _PATIENCE_SECONDS
    while not contender.engine.count(Request(SearchCriteria(text=word), query, timezone.now())):
        if time.monotonic() > end:
            raise RuntimeError(f"What was saved is not in {contender.name} after {_PATIENCE_SECONDS:g} s.")
        time.sleep(_LOOK_SECONDS)


def _wait_until_drained(contender: Contender) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while Change.objects.filter(feed__name=contender.store.feed).exists() and time.monotonic() < end:
        time.sleep(0.05)

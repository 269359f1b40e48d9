"""(f) Requests a second: gunicorn as the container runs it, under a load generator on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import chain
from pathlib import Path

from benchmarks.options import PARTS
from benchmarks.questions import MAIN, questions
from benchmarks.running import Run
from benchmarks.servers import web_server
from benchmarks.tables import Table
from benchmarks.world import ROOT

WORKERS, THREADS = 2, 2
_CLIENTS = (1, 4, 16)
_WARM_UP_SECONDS = 3.0
_PATHS = 1_500


def measure(run: Run) -> Table:
    """Search pages of all main kinds in turn, with each engine and several numbers of clients."""
    table = Table("f", PARTS["f"], run.size)
    table.notes = (
        f"gunicorn with {WORKERS} workers of {THREADS} threads; every request is another search page, kinds of (b) in turn.",
        "The generator runs on the same cores; generator cpu is the share of one core that it took.",
    )
    for contender in run.contenders:
        environment = run.environment(contender)
        with web_server(environment, WORKERS, THREADS) as address:
            _load(run, address, 4, _WARM_UP_SECONDS, seed=20)
            for clients in _CLIENTS:
                told = _load(run, address, clients, run.options.seconds, seed=20 + clients)
                table.add("search pages", contender.name, ratio=told["p50"] / run.raw, clients=float(clients), **told)
    return table


def _load(run: Run, address: str, clients: int, seconds: float, seed: int) -> dict[str, float]:
    lists = [questions(name, _PATHS // len(MAIN), seed) for name in MAIN]
    paths = [f"/search/?{each.query_string}" for each in chain.from_iterable(zip(*lists, strict=True))]
    file: Path = run.prepared.world.folder / "paths.txt"
    file.write_text("\n".join(paths))
    command = [sys.executable, "-m", "benchmarks.load", address, str(clients), str(seconds), str(file)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603  ours
    found: dict[str, float] = json.loads(told.stdout)
    return found

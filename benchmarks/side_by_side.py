"""(g) Side by side: the same questions to Wagtail's own search, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from benchmarks.options import PARTS
from benchmarks.running import Run
from benchmarks.tables import Table
from benchmarks.world import ROOT


def measure(run: Run) -> Table:
    """Each database in a process of its own, since settings name one."""
    table = Table("g", PARTS["g"], run.size)
    table.notes = (
        "Wagtail: modelsearch's database backend over one flat table of the same opportunities, `search(…, operator='and')`,",
        "`facet()` for each of the twelve facets. × raw: over p50 of the embedded engine for the same questions, asked in turn.",
        "Ours ranks fields by weight, matches stems and gives cards; it always counts all facets, also in the last rows.",
    )
    if not run.prepared.world.listings.exists():
        run.say(f"{len(run.prepared.documents):,} documents")
    _add(run, table, f"sqlite:///{run.prepared.world.listings.with_suffix('.sqlite3')}")
    if os.environ.get("BENCHMARK_POSTGRES"):
        _add(run, table, os.environ["BENCHMARK_POSTGRES"])
    return table


def _add(run: Run, table: Table, database: str) -> None:
    environment = {
        **run.environment(run.contenders[0]),
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "benchmarks.beside.settings",
    }
    command = [sys.executable, "-m", "benchmarks.beside", str(run.size), run.options.to_json()]
    told = subprocess.run(  # noqa: S603  ours
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    rows: list[dict[str, Any]] = json.loads(told.stdout.splitlines()[-1])
    beneath = {row["what"]: row["p50"] for row in rows if row["engine"] == "embedded"}
    for row in rows:
        what, engine = row.pop("what"), row.pop("engine")
        if what in beneath:
            table.add(what, engine, ratio=row["p50"] / beneath[what], **row)
        else:
            table.add(what, engine, per_second=row["documents"] / row["seconds"], **row)

"""(h) What counting uses adds to a page: the same pages from a site that records them and from one that does not, in turn.

`python -m benchmarks.recording SIZE OPTIONS` measures on the database of DATABASE_URL, and prints JSON.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import django
import psycopg

from benchmarks.options import PARTS, Options
from benchmarks.tables import Table
from benchmarks.timing import WARM_UP, Stopwatch, Times, percentile
from benchmarks.world import ROOT

if TYPE_CHECKING:
    # It reads models, for which Django must be set up first.
    from benchmarks.page import Site
    from benchmarks.running import Run

#: Milliseconds at the median.
TARGET = 1.0
_MIDDLEWARE = "engagement.middleware.RecordEngagement"
#: What a page costs does not hang on how many opportunities the database holds.
_ENOUGH = 1_000


def measure(run: Run) -> Table:
    """This run's SQLite database, then PostgreSQL in a process of its own, since settings name one database."""
    table = Table("h", PARTS["h"], run.size)
    table.notes = (
        "p50, p95: of the page, to its last byte, of the site that records; without: the same page of a site that does not, in",
        f"turn. adds: the median of what each page took longer; target: {TARGET:g} ms. afterwards: what ending the request, with",
        "the event written, takes longer once the page is sent. Embedded engine.",
    )
    for row in _rows(run.options):
        table.add(**row)
    if os.environ.get("BENCHMARK_POSTGRES"):
        told = subprocess.run(  # noqa: S603  ours
            [sys.executable, "-m", "benchmarks.recording", str(run.size), run.options.to_json()],
            cwd=ROOT,
            env={
                **run.environment(run.contenders[0]),
                "DATABASE_URL": _empty_database(os.environ["BENCHMARK_POSTGRES"]),
            },
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        for row in json.loads(told.stdout.splitlines()[-1]):
            table.add(**row)
    return table


def _empty_database(url: str) -> str:
    """One of this part's own on the server of the run; its address."""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS recording")
        server.execute("CREATE DATABASE recording")
    return urlsplit(url)._replace(path="/recording").geturl()


def _rows(options: Options) -> list[dict[str, Any]]:
    """A row for each kind of page."""
    from django.conf import settings
    from django.db import connection
    from django.test.utils import override_settings

    from benchmarks.page import Site
    from benchmarks.questions import NARROWED, questions
    from engagement.models import Event
    from opportunities import selectors

    recording = Site()
    with override_settings(MIDDLEWARE=[each for each in settings.MIDDLEWARE if each != _MIDDLEWARE]):
        plain = Site()
    count = options.requests
    searches = [f"/search/?{each.query_string}" for each in questions(NARROWED, count + WARM_UP, seed=13)]
    public = [each.get_absolute_url() for each in selectors.public().order_by("pk")[:_ENOUGH]]
    pages: dict[str, Iterator[str]] = {"search page": iter(searches), "page of an opportunity": itertools.cycle(public)}
    made = []
    for what, paths in pages.items():
        before = Event.objects.count()
        figures = _in_turn(recording, plain, list(itertools.islice(paths, count + WARM_UP)))
        # Each was recorded once: a site that records nothing would look quick.
        if (recorded := Event.objects.count() - before) != count + WARM_UP:
            raise RuntimeError(f"{recorded} events recorded instead of {count + WARM_UP}.")
        made.append({"what": what, "engine": connection.vendor, **figures})
    Event.objects.all().delete()
    return made


def _in_turn(recording: Site, plain: Site, paths: list[str]) -> dict[str, float]:
    for path in paths[:WARM_UP]:
        recording.get(path)()
        plain.get(path)()
    on, off = _Watched(recording), _Watched(plain)
    for number, path in enumerate(paths[WARM_UP:]):
        # Each comes first as often as the other, so that neither always finds what the other left in memory.
        for watched in (on, off) if number % 2 else (off, on):
            watched.open(path)
    with_it, without = on.sending.read(), off.sending.read()
    return {
        "p50": with_it.p50,
        "p95": with_it.p95,
        "without50": without.p50,
        "without95": without.p95,
        "adds": _longer(with_it, without),
        "adds95": with_it.p95 - without.p95,
        "afterwards": _longer(on.ending.read(), off.ending.read()),
        "target": TARGET,
    }


def _longer(one: Times, other: Times) -> float:
    return percentile([mine - theirs for mine, theirs in zip(one.wall, other.wall, strict=True)], 0.5)


class _Watched:
    """A site, with the times of sending its pages and of ending the requests."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.sending, self.ending = Stopwatch(), Stopwatch()

    def open(self, path: str) -> None:
        """Gets a page, and ends the request."""
        visit = self._site.visit(path)
        self.sending.run(visit.get)
        self.ending.run(visit.end)


def main() -> None:
    """Fills the database first, with as much as the pages need."""
    size, options = int(sys.argv[1]), Options.from_json(sys.argv[2])
    django.setup()
    from django.core.management import call_command

    from benchmarks.records import Records

    call_command("migrate", verbosity=0, skip_checks=True)
    Records(lambda _: None).load(min(size, _ENOUGH))
    print(json.dumps(_rows(options)))


if __name__ == "__main__":
    main()

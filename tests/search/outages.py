"""A site under load whose search cluster fails: web processes, a drainer, visitors and an editor."""

from __future__ import annotations

import http.client
import itertools
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote

from django.conf import settings

from opportunities.models import Opportunity
from tests.elasticsearch_server.ports import free_ports
from tests.factories import OpportunityFactory

#: Web processes and threads of each, as the container runs them, for two cores.
PROCESSES, THREADS = 2, 2
VISITORS = 3
TOPICS = ("theatre", "pottery year 9", "letterpress printing shoreditch", "law", "", "museum")
PATIENCE_SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class Visit:
    """One search: when it was answered, its status (0: not at all), who answered, and how long it took."""

    at: float
    status: int
    engine: str
    seconds: float


class Site:
    """The processes of a site on the test's database, and what its visitors saw."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment = environment
        self.folder = folder
        [self.port] = free_ports(1)
        self.visits: list[Visit] = []
        self.changes = 0
        self._over = threading.Event()
        self._opportunities = [OpportunityFactory.create(title=f"{topic} {n}") for n in range(8) for topic in TOPICS]

    @contextmanager
    def running(self) -> Iterator[Site]:
        """Web and drainer run, and visitors come, until the end of the block."""
        self.command("rebuild_index")
        web = self._start(
            "-m", "gunicorn", "findfusion.wsgi", "--bind", f"127.0.0.1:{self.port}", "--no-control-socket",
            "--workers", str(PROCESSES), "--threads", str(THREADS), name="web",
        )  # fmt: skip
        drainer = self._start("manage.py", "drain_changes", "--poll", "0.05", name="drainer")
        visitors = [threading.Thread(target=self._visit, args=(number,)) for number in range(VISITORS)]
        try:
            self.wait_for(lambda: self._get("/health/").status == http.client.OK)
            for visitor in visitors:
                visitor.start()
            yield self
        finally:
            self._over.set()
            for visitor in visitors:
                if visitor.ident:
                    visitor.join()
            for process in (web, drainer):
                process.terminate()
                process.wait(30)

    def command(self, *words: str) -> str:
        """Runs a command of manage.py to its end; what it said. An exit code other than 0 is an error."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR, env=self.environment, text=True, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def edit_for(self, seconds: float) -> None:
        """Saves changes, some ten a second, for so long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.edit()
            time.sleep(0.08)

    def edit(self) -> None:
        """One change: a title, or now and then one that is taken back or put out again."""
        self.changes += 1
        opportunity = random.Random(self.changes).choice(self._opportunities)
        opportunity.title = f"{opportunity.title.rpartition(' ')[0]} {self.changes}"
        opportunity.live = self.changes % 7 != 0
        opportunity.save()

    def edit_until_answered_by(self, engine: str) -> None:
        """Goes on editing until the next visits are answered by an engine."""

        def answered() -> bool:
            self.edit()
            return {visit.engine for visit in self.visits[-4 * VISITORS :]} == {engine}

        self.wait_for(answered)

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Raises AssertionError when it does not come true in time."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < until, f"It did not happen in time.\n{self.log('web')}\n{self.log('drainer')}"
            time.sleep(0.1)

    def log(self, name: str) -> str:
        """What a process wrote."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def waited(self) -> int:
        """How many requests waited for a cluster that did not answer, as the web processes noted."""
        return self.log("web").count("does not answer, so")

    def opportunities(self) -> list[Opportunity]:
        """What was edited, as it is in the database now."""
        return list(Opportunity.objects.filter(pk__in=[each.pk for each in self._opportunities]))

    def report(self, title: str) -> str:
        """How it went, in one line."""
        times = [visit.seconds * 1000 for visit in self.visits]
        cuts = quantiles(times, n=100)
        engines = {name: sum(visit.engine == name for visit in self.visits) for name in ("elasticsearch", "embedded")}
        slow = sum(each > 250 for each in times)  # milliseconds, only told
        return (
            f"{title}: {len(times)} searches, {self.changes} changes, {engines}; p50 {cuts[49]:.0f} ms, "
            f"p95 {cuts[94]:.0f} ms, worst {max(times):.0f} ms, {slow} over 250 ms, {self.waited()} waited for the cluster"
        )

    def _start(self, *words: str, name: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, *words], cwd=settings.BASE_DIR, env=self.environment, stdout=log, stderr=log
            )

    def _visit(self, number: int) -> None:
        for turn in itertools.count(number):
            if self._over.is_set():
                return
            self.visits.append(self._get(f"/search/?q={quote(TOPICS[turn % len(TOPICS)])}"))
            time.sleep(0.02)

    def _get(self, path: str) -> Visit:
        begun = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            status, engine = response.status, response.headers.get("X-Search-Engine", "")
        except OSError:
            status, engine = 0, ""
        finally:
            connection.close()
        now = time.monotonic()
        return Visit(now, status, engine, now - begun)

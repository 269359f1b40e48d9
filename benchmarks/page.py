"""(b) The search page through the whole Django stack, each page beside the raw query that it makes."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.test import RequestFactory

from benchmarks.contenders import Contender
from benchmarks.options import PARTS
from benchmarks.questions import MAIN, Question, questions
from benchmarks.raw import warm_up
from benchmarks.running import Run, raw_call, raw_request
from benchmarks.tables import Table
from benchmarks.timing import Stopwatch, percentile
from search.engines import get_engine
from search.engines.base import SearchEngine
from tests.visitors import BROWSER

#: Design section 10: at most 1.2 times the raw query and 10 ms.
FACTOR, CONSTANT = 1.2, 10.0
_WARM_UP = 30
_WATCHED = 60


class Site:
    """The site as a web server calls it."""

    def __init__(self) -> None:
        # Imported here: as the process of the site begins, before its first page.
        from findfusion.wsgi import application

        self._application = application
        # As a browser, whose visits are counted.
        self._requests = RequestFactory(headers=BROWSER)

    def page(self, question: Question) -> Callable[[], int]:
        """Gets the page of a question."""
        return self.get(_path(question))

    def visit(self, path: str) -> Visit:
        """A page that is got and ended apart."""
        return Visit(self.send(path))

    def get(self, path: str) -> Callable[[], int]:
        """Gets a page, to the end of the request; how many bytes it has. Raises RuntimeError for anything but a page."""
        send = self.send(path)

        def get() -> int:
            size, close = send()
            close()
            return size

        return get

    def send(self, path: str) -> Callable[[], tuple[int, Callable[[], None]]]:
        """Gets a page up to its last byte; how many it has, and what ends the request once they are sent."""
        environ = self._requests.get(path).environ
        told: list[str] = []

        def start(status: str, *_: Any) -> Callable[[bytes], object]:
            told.append(status)
            return lambda _: None

        def send() -> tuple[int, Callable[[], None]]:
            answer = self._application(dict(environ), start)
            size = sum(len(part) for part in answer)
            if not told[-1].startswith("200"):
                raise RuntimeError(f"{told[-1]} at {path}")
            # What is counted is recorded then, and connections to the database are let go of.
            return size, answer.close

        return send


def _path(question: Question) -> str:
    return f"/search/?{question.query_string}"


def measure(run: Run) -> Table:
    """Each kind of question, with each engine, page and raw query in turn."""
    table = Table("b", PARTS["b"], run.size)
    table.notes = (
        f"target: {FACTOR} × raw p50 + {CONSTANT:g} ms; over target: p50 of the page over it. in engine: what the page's own",
        "calls of the engine take. by standby: not by this engine. ending: what comes after the last byte is sent, on average.",
    )
    site = Site()
    for contender in run.contenders:
        with contender.in_use():
            warm_up(contender)
            for name in MAIN:
                _add_row(run, table, site, contender, name)
                pages = [site.page(each) for each in questions(name, _WATCHED, seed=5)]
                run.profile(f"the page, {name}, {contender.name}", pages)
    return table


def _add_row(run: Run, table: Table, site: Site, contender: Contender, name: str) -> None:
    for each in questions(name, _WARM_UP, seed=9):
        site.page(each)()
    raw, page, after = Stopwatch(contender.pid), Stopwatch(contender.pid), Stopwatch()
    differences = []
    with _standby_answers() as answered:
        for number, each in enumerate(questions(name, run.options.requests)):
            asked, sent = raw_call(contender.engine, raw_request(each)), site.visit(_path(each))
            # In turn first, so that neither always finds what the other has left in memory.
            order = ((raw, asked), (page, sent.get)) if number % 2 else ((page, sent.get), (raw, asked))
            took = {watch: watch.run(call) for watch, call in order}
            differences.append(took[page] - took[raw])
            after.run(sent.end)
    beneath, whole = raw.read(), page.read()
    figures = {key: value for key, value in whole.figures().items() if key != "found"}
    target = FACTOR * beneath.p50 + CONSTANT
    seconds, calls = _in_engine(site, questions(name, _WATCHED, seed=11))
    table.add(
        name,
        contender.name,
        ratio=whole.p50 / run.raw,
        of_raw=whole.p50 / beneath.p50,
        constant=percentile(differences, 0.5),
        target=target,
        over=whole.p50 / target,
        inside=seconds * 1000,
        calls=calls,
        standby=len(answered),
        ending=sum(ends := after.read().wall) / len(ends),
        **figures,
    )
    table.add(f"   raw: {name}", contender.name, ratio=beneath.p50 / run.raw, **beneath.figures())


class Visit:
    """A page up to its last byte, which is what a visitor waits for; and what ends its request afterwards."""

    def __init__(self, send: Callable[[], tuple[int, Callable[[], None]]]) -> None:
        self._send = send
        self._close: Callable[[], None] | None = None

    def get(self) -> int:
        """Gets the page; how many bytes it has."""
        size, self._close = self._send()
        return size

    def end(self) -> int:
        """Ends its request: the search is recorded, memory is tidied."""
        if self._close is not None:
            self._close()
        return 0


@dataclass
class _Watched:
    """An engine whose searches and counts are timed."""

    engine: SearchEngine
    seconds: float = 0.0
    calls: int = 0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.engine, name)
        if name not in ("search", "count"):
            return found

        def ask(*words: Any) -> Any:
            begun = time.perf_counter()
            try:
                return found(*words)
            finally:
                self.seconds += time.perf_counter() - begun
                self.calls += 1

        return ask


def _in_engine(site: Site, asked: list[Question]) -> tuple[float, float]:
    """Seconds in the engine and calls of it, for one page on average."""
    watched = _Watched(get_engine())
    with patch("search.selectors.get_engine", lambda: watched):
        for each in asked:
            site.page(each)()
    return watched.seconds / len(asked), watched.calls / len(asked)


@contextmanager
def _standby_answers() -> Iterator[list[str]]:
    """Gathers what the guard says when the standby answers instead of the engine."""
    said: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    ear, logger = Ear(), logging.getLogger("search.engines.guard")
    logger.addHandler(ear)
    try:
        yield said
    finally:
        logger.removeHandler(ear)

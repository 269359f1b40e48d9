"""Taking times: wall clock, and the processor time of this thread and of a server that works for it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

WARM_UP = 20


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which that share of the values lies; 0 of none."""
    found = sorted(values)
    return found[min(int(len(found) * share), len(found) - 1)] if found else 0.0


@dataclass(frozen=True, slots=True)
class Times:
    """Times of the same thing done again and again, in milliseconds, and what was found on average."""

    wall: tuple[float, ...]
    processor: tuple[float, ...] = ()
    server: float = 0.0
    found: float = 0.0

    @property
    def p50(self) -> float:
        """Half of them took no longer."""
        return percentile(self.wall, 0.5)

    @property
    def p95(self) -> float:
        """One in twenty took longer."""
        return percentile(self.wall, 0.95)

    @property
    def p99(self) -> float:
        """One in a hundred took longer."""
        return percentile(self.wall, 0.99)

    def figures(self) -> dict[str, float]:
        """The figures of a row in a table."""
        return {
            "p50": self.p50,
            "p95": self.p95,
            "cpu50": percentile(self.processor, 0.5),
            "cpu95": percentile(self.processor, 0.95),
            "server": self.server,
            "found": self.found,
        }


class Stopwatch:
    """Adds up the times of calls. `pid` is a server's, whose processor time is counted too."""

    def __init__(self, pid: int = 0) -> None:
        self._pid = pid
        self._wall: list[float] = []
        self._processor: list[float] = []
        self._server = 0.0
        self._found = 0

    def run(self, call: Callable[[], int]) -> float:
        """Takes the time of one call, which says how much it found; milliseconds."""
        server, processor, wall = server_seconds(self._pid), time.thread_time(), time.perf_counter()
        self._found += call()
        self._wall.append((time.perf_counter() - wall) * 1000)
        self._processor.append((time.thread_time() - processor) * 1000)
        self._server += server_seconds(self._pid) - server
        return self._wall[-1]

    def read(self) -> Times:
        """All that was measured."""
        calls = max(len(self._wall), 1)
        server, found = self._server * 1000 / calls, self._found / calls
        return Times(tuple(self._wall), tuple(self._processor), server, found)


def timed(calls: Sequence[Callable[[], int]], pid: int = 0, warm_up: int = WARM_UP) -> Times:
    """Takes the time of each call once, after the first few were made to warm up."""
    for call in calls[:warm_up]:
        call()
    watch = Stopwatch(pid)
    for call in calls:
        watch.run(call)
    return watch.read()


def server_seconds(pid: int) -> float:
    """The processor time that a process has used; 0 where there is none or the system does not tell."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

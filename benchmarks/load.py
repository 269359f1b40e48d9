"""A load generator: `python -m benchmarks.load URL CLIENTS SECONDS FILE`, FILE holds one path a line; prints JSON.

Each client is a thread with a connection that is kept, and asks again as soon as it is answered. Written
here, since what the systems' packages offer (wrk, hey, ab) asks one address only or wants a script of its
own, and is not everywhere. It runs on the cores that it measures; its own processor time is told, too.
"""

from __future__ import annotations

import http.client
import itertools
import json
import sys
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.timing import percentile

_TIMEOUT_SECONDS = 30.0


class Client(threading.Thread):
    """One visitor who never pauses."""

    def __init__(self, address: str, paths: Iterator[str], until: float) -> None:
        super().__init__(daemon=True)
        self._host = urlsplit(address).netloc
        self._paths = paths
        self._until = until
        self._connection: http.client.HTTPConnection | None = None
        self.times: list[float] = []
        self.errors = 0

    def run(self) -> None:
        """Asks until the time is over."""
        while time.perf_counter() < self._until:
            path = next(self._paths)
            begun = time.perf_counter()
            if self._get(path):
                self.times.append((time.perf_counter() - begun) * 1000)
            else:
                self.errors += 1

    def _get(self, path: str) -> bool:
        """Whether it was answered. A kept connection that the server has closed meanwhile is opened anew, as browsers do."""
        kept = self._connection is not None
        try:
            return self._ask(path)
        except (OSError, http.client.HTTPException):
            self._close()
        if not kept:
            return False
        try:
            return self._ask(path)
        except (OSError, http.client.HTTPException):
            self._close()
            return False

    def _ask(self, path: str) -> bool:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(self._host, timeout=_TIMEOUT_SECONDS)
        self._connection.request("GET", path)
        answer = self._connection.getresponse()
        answer.read()
        return answer.status == HTTPStatus.OK

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def load(address: str, clients: int, seconds: float, paths: list[str]) -> dict[str, float]:
    """Asks with so many clients for so long."""
    endless = _Shared(itertools.cycle(paths))
    begun, processor = time.perf_counter(), time.process_time()
    made = [Client(address, endless, begun + seconds) for _ in range(clients)]
    for client in made:
        client.start()
    for client in made:
        client.join()
    took = time.perf_counter() - begun
    times = [each for client in made for each in client.times]
    return {
        "requests": len(times),
        "errors": sum(client.errors for client in made),
        "per_second": len(times) / took,
        "p50": percentile(times, 0.5),
        "p95": percentile(times, 0.95),
        "p99": percentile(times, 0.99),
        "load_cpu": (time.process_time() - processor) / took,
    }


class _Shared(Iterator[str]):
    """An iterator that several threads take from."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source = source
        self._lock = threading.Lock()

    def __next__(self) -> str:
        with self._lock:
            return next(self._source)


if __name__ == "__main__":
    address, clients, seconds, file = sys.argv[1:]
    print(json.dumps(load(address, int(clients), float(seconds), Path(file).read_text().splitlines())))

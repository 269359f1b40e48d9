"""The servers that a run needs beside itself: one that is given, or one that is started for the run."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.world import ROOT
from tests.capabilities import lacks_elasticsearch
from tests.elasticsearch_node import elasticsearch_node
from tests.postgres_server import lacks_server, postgres_server

_HEAP = "1g"
_START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """Where it is; `pid` of one that was started here. Without an address, `reason` says why there is none."""

    url: str = ""
    pid: int = 0
    reason: str = ""


@contextmanager
def search_server(*, wanted: bool) -> Iterator[Server]:
    """Elasticsearch: the one of ELASTICSEARCH_URL, or a node from Java and Maven."""
    if not wanted:
        yield Server(reason="not asked for")
    elif given := os.environ.get("ELASTICSEARCH_URL"):
        yield Server(given)
    elif reason := lacks_elasticsearch():
        yield Server(reason=reason)
    else:
        with elasticsearch_node(heap=_HEAP) as node:
            yield Server(node.url, node.pid)


@contextmanager
def database_server(*, wanted: bool) -> Iterator[Server]:
    """A PostgreSQL of this run's own."""
    if not wanted:
        yield Server(reason="not asked for")
    elif reason := lacks_server():
        yield Server(reason=reason)
    else:
        with postgres_server() as url:
            yield Server(url)


@contextmanager
def web_server(environment: dict[str, str], workers: int, threads: int) -> Iterator[str]:
    """Gunicorn, as the container runs it but for the number of workers; gives its address."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "findfusion.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(workers), "--threads", str(threads), "--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    command += ["--no-control-socket", "--max-requests", "2000", "--max-requests-jitter", "200"]
    command += ["--log-level", "warning"]
    with running(command, environment) as process:
        address = f"http://127.0.0.1:{port}"
        end = time.monotonic() + _START_SECONDS
        while not _answers(address):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("gunicorn did not start; what it said stands above.")
            time.sleep(0.1)
        yield address


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process in the project's folder, which ends with the block."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603  ours
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health/", timeout=2):  # noqa: S310  ours
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])

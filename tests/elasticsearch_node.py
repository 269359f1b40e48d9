"""A real Elasticsearch for tests, and for developers without Docker: one node, or several that form a cluster.

    with elasticsearch_node() as node: ... node.url
    with elasticsearch_cluster(3) as nodes: ...
    python -m tests.elasticsearch_server     for people: see there

It is the real server with the one module without which it would answer nobody; what a stock server
has besides, it lacks. Java and Maven must be on the machine. A node never outlives the process that
started it, however that one ends.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

import pytest

from tests.capabilities import MANDATORY, lacks_elasticsearch
from tests.elasticsearch_server.build import ONE_NODE, java_command
from tests.elasticsearch_server.ports import free_ports

PORT_TAKEN = ("BindTransportException", "BindHttpException", "Address already in use")

_direct = build_opener(ProxyHandler({}))


class NodeError(Exception):
    """A node did not come up; the text holds the end of its log."""


class Node:
    """One node: a Java process with a folder, which it finds again when it is started anew."""

    def __init__(
        self,
        folder: Path,
        *,
        http_port: int,
        transport_port: int,
        cluster: str = "findfusion",
        name: str = "node-1",
        heap: str = "768m",
        settings: Mapping[str, str] = ONE_NODE,
    ) -> None:
        self.name = name
        self.url = f"http://127.0.0.1:{http_port}"
        self._cluster = cluster
        self._folder = folder
        self._heap = heap
        self._settings = {
            **settings,
            "cluster.name": cluster,
            "node.name": name,
            "http.port": str(http_port),
            "transport.port": str(transport_port),
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The number of the node's process."""
        if self._process is None:
            raise NodeError(f"{self.name} does not run")
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether there is a process, paused or not."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Starts the process and does not wait for it."""
        command = java_command(self._folder, self._settings, heap=self._heap)
        with self._log.open("ab") as log:
            # In a session of its own: a Ctrl-C is for the process that started it. It watches its input for that one's end.
            self._process = subprocess.Popen(
                command,
                cwd=self._folder,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def health(self, timeout: float = 2) -> dict[str, Any]:
        """What `/_cluster/health` answers within `timeout` seconds; raises OSError or HTTPException without an answer."""
        with _direct.open(f"{self.url}/_cluster/health", timeout=timeout) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def wait_until_ready(self, nodes: int = 1, within: float = 120) -> None:
        """Waits until `nodes` are in the cluster and every index can be read; raises NodeError after `within` seconds."""
        end = time.monotonic() + within
        last = "no answer"
        while time.monotonic() < end:
            if not self.runs:
                code = self._process.returncode if self._process else "nothing"
                raise NodeError(f"{self.name} ended with {code}. The end of its log:\n{self.log_tail()}")
            try:
                health = self.health()
            except (OSError, HTTPException, ValueError) as error:
                last = str(error)
            else:
                last = f"{health['cluster_name']} is {health['status']}, {health['number_of_nodes']} nodes"
                # Another server may have been faster at this port: then our process is about to end.
                ours = health["cluster_name"] == self._cluster
                if ours and health["number_of_nodes"] >= nodes and health["status"] != "red":
                    return
            time.sleep(0.1)
        raise NodeError(f"{self.name} is not ready after {within:g} s ({last}). The end of its log:\n{self.log_tail()}")

    def kill(self) -> None:
        """Ends the node at once (SIGKILL), paused or not. What it has answered for is in its folder."""
        if self._process is None:
            return
        self._process.kill()
        self._dismiss_guard()
        self._forget()

    def stop(self, within: float = 20) -> None:
        """Lets the node close in order; kills it if that takes more than `within` seconds."""
        if self._process is None:
            return
        self.resume()
        self._process.terminate()
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._forget()

    def pause(self) -> None:
        """Stops the process where it stands (SIGSTOP): connections are taken, nothing is answered."""
        # It cannot watch its input meanwhile: somebody else does, and ends it when we are gone.
        guard = ["sh", "-c", f"read end; kill -9 {self.pid}"]
        self._guard = self._guard or subprocess.Popen(guard, stdin=subprocess.PIPE, start_new_session=True)
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Lets a paused process go on (SIGCONT)."""
        if self.runs:
            os.kill(self.pid, signal.SIGCONT)
        self._dismiss_guard()

    def restart(self) -> None:
        """Stops the node if it runs, starts it with the same data on the same port, and waits until it is ready."""
        self.stop()
        self.start()
        self.wait_until_ready()

    def wait_for_end(self) -> None:
        """Waits until the process ends by itself."""
        if self._process:
            self._process.wait()

    def log_tail(self, lines: int = 30) -> str:
        """The last lines of what the node said."""
        text = self._log.read_text(errors="replace") if self._log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    @property
    def _log(self) -> Path:
        return self._folder / "node.log"

    def _dismiss_guard(self) -> None:
        if self._guard:
            self._guard.kill()
            self._guard.communicate()
            self._guard = None

    def _forget(self) -> None:
        if self._process:
            self._process.wait()
            if self._process.stdin:
                self._process.stdin.close()
            self._process = None


@contextmanager
def elasticsearch_node(*, heap: str = "768m") -> Iterator[Node]:
    """One node with nothing in it, which is thrown away at the end."""

    def make(folder: Path) -> list[Node]:
        http, transport = free_ports(2)
        return [Node(folder, http_port=http, transport_port=transport, cluster=folder.name, heap=heap)]

    with _thrown_away(make) as nodes:
        yield nodes[0]


@contextmanager
def elasticsearch_cluster(count: int = 3, *, heap: str = "400m") -> Iterator[list[Node]]:
    """So many nodes that have found each other, thrown away at the end."""

    def make(folder: Path) -> list[Node]:
        ports = free_ports(2 * count)
        names = [f"node-{number}" for number in range(1, count + 1)]
        settings = {
            "discovery.seed_hosts": ",".join(f"127.0.0.1:{port}" for port in ports[count:]),
            "cluster.initial_master_nodes": ",".join(names),
        }
        return [
            Node(
                folder / name,
                http_port=http,
                transport_port=transport,
                cluster=folder.name,
                name=name,
                heap=heap,
                settings=settings,
            )
            for name, http, transport in zip(names, ports[:count], ports[count:], strict=True)
        ]

    with _thrown_away(make) as nodes:
        yield nodes


@contextmanager
def _thrown_away(make: Callable[[Path], list[Node]], attempts: int = 3) -> Iterator[list[Node]]:
    with ExitStack() as stack:
        for attempt in range(1, attempts + 1):
            folder = Path(tempfile.mkdtemp(prefix="findfusion-elasticsearch-"))
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            nodes = make(folder)
            for node in nodes:
                stack.callback(node.kill)
                node.start()
            try:
                for node in nodes:
                    node.wait_until_ready(nodes=len(nodes))
                break
            except NodeError as error:
                # Somebody was faster at one of the ports.
                if attempt == attempts or not any(text in str(error) for text in PORT_TAKEN):
                    raise
                stack.close()
        yield nodes


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """The address of an Elasticsearch that others may use as well: the one of ELASTICSEARCH_URL, or a node of this run's own."""
    if given := os.environ.get("ELASTICSEARCH_URL"):
        yield given.split(",")[0]
        return
    if reason := lacks_elasticsearch():
        (pytest.fail if MANDATORY else pytest.skip)(reason)
    with elasticsearch_node() as node:
        yield node.url

"""The server that searches are tested on is a real one, and it ends when the tests do."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from elasticsearch import ConnectionTimeout, Elasticsearch

from tests.architecture.house import ROOT
from tests.capabilities import lacks_elasticsearch, lacks_java
from tests.elasticsearch_node import Node, NodeError, elasticsearch_cluster, elasticsearch_node
from tests.elasticsearch_server.ports import free_ports

# Several Java processes on a busy machine take their time.
pytestmark = [pytest.mark.engine_only, pytest.mark.timeout(600)]

# Starts two nodes, pauses one, tells who they are, and waits for its own end.
PARENT = """
import json, time
from tests.elasticsearch_node import elasticsearch_cluster

with elasticsearch_cluster(2) as nodes:
    nodes[1].pause()
    print(json.dumps([node.pid for node in nodes]), flush=True)
    time.sleep(300)
"""


def client_of(url: str, timeout: float = 10) -> Elasticsearch:
    return Elasticsearch(url, request_timeout=timeout, max_retries=0)


def lives(pid: int) -> bool:
    """Whether the process is there; one that ended and was not yet waited for is not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with elasticsearch_node() as started:
        yield started


def test_a_machine_without_java_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("ELASTICSEARCH_URL", "")
    assert lacks_elasticsearch() == (
        "no ELASTICSEARCH_URL, and no java and no javac and no mvn on this machine"
        " (on Debian: apt-get install openjdk-17-jdk-headless maven)"
    )
    # A runtime alone is not enough, and a given server is.
    for name in ("java", "mvn"):
        (tmp_path / name).touch(0o755)
    assert "no javac on this machine" in str(lacks_elasticsearch())
    monkeypatch.setenv("ELASTICSEARCH_URL", "http://127.0.0.1:9200")
    assert lacks_elasticsearch() is None
    assert "no javac on this machine" in str(lacks_java())


@pytest.mark.elasticsearch
def test_the_shared_server_is_the_version_that_we_test_on(elasticsearch_url: str) -> None:
    with client_of(elasticsearch_url) as client:
        health = client.cluster.health()
        assert health["status"] in ("green", "yellow")
        nodes = client.nodes.info(metric="http")["nodes"].values()
    assert {each["version"].rpartition(".")[0] for each in nodes} == {"8.19"}


@pytest.mark.elasticsearch
def test_what_is_indexed_is_found(elasticsearch_url: str) -> None:
    index = f"node-roundtrip-{os.getpid()}"
    with client_of(elasticsearch_url) as client:
        client.indices.create(
            index=index, mappings={"properties": {"text": {"type": "text", "analyzer": "whitespace"}}}
        )
        try:
            client.index(index=index, id="1", document={"text": "robot build"}, refresh=True)
            client.index(index=index, id="2", document={"text": "poetri slam"}, refresh=True)
            found = client.search(index=index, query={"term": {"text": "robot"}})
        finally:
            client.indices.delete(index=index)
    assert [hit["_id"] for hit in found["hits"]["hits"]] == ["1"]


@pytest.mark.java
def test_a_node_listens_to_this_machine_alone(node: Node) -> None:
    with client_of(node.url) as client:
        (info,) = client.nodes.info(metric="http,transport")["nodes"].values()
    addresses = [*info["http"]["bound_address"], *info["transport"]["bound_address"]]
    assert {address.rpartition(":")[0] for address in addresses} == {"127.0.0.1"}


@pytest.mark.java
def test_a_killed_node_has_its_data_after_a_restart(node: Node) -> None:
    with client_of(node.url) as client:
        client.index(index="kept", id="1", document={"text": "robot"})
        first = node.pid
        node.kill()
        assert not lives(first)
        assert not node.runs
        with pytest.raises(OSError, match="refused"):
            node.health()
        node.restart()
        assert node.pid != first
        assert client.get(index="kept", id="1")["_source"] == {"text": "robot"}


@pytest.mark.java
def test_a_paused_node_takes_calls_and_answers_nothing(node: Node) -> None:
    with client_of(node.url, timeout=0.3) as client:
        node.pause()
        try:
            with pytest.raises(ConnectionTimeout):
                client.cluster.health()
        finally:
            node.resume()
        assert node.health(10)["status"] in ("green", "yellow")


@pytest.mark.java
def test_a_node_that_cannot_start_says_why(node: Node, tmp_path: Path) -> None:
    taken = urlsplit(node.url).port
    assert taken
    other = Node(tmp_path, http_port=taken, transport_port=free_ports(1)[0], cluster="other")
    try:
        other.start()
        with pytest.raises(NodeError, match="Address already in use"):
            other.wait_until_ready(within=60)
    finally:
        other.kill()


@pytest.mark.java
@pytest.mark.slow
def test_nodes_die_with_whoever_started_them_even_paused(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        try:
            pids: list[int] = json.loads(parent.stdout.readline())
            assert [lives(pid) for pid in pids] == [True, True]
        finally:
            os.kill(parent.pid, signal.SIGKILL)
    end = time.monotonic() + 10
    while any(map(lives, pids)) and time.monotonic() < end:
        time.sleep(0.05)
    assert [lives(pid) for pid in pids] == [False, False]


@pytest.mark.java
@pytest.mark.prove_only
def test_three_nodes_form_a_cluster_that_survives_one() -> None:
    with elasticsearch_cluster(3) as nodes:
        assert [node.health()["number_of_nodes"] for node in nodes] == [3, 3, 3]
        with client_of(nodes[0].url, timeout=30) as client:
            client.indices.create(index="copied", settings={"number_of_replicas": 2}, wait_for_active_shards="all")
            client.index(index="copied", id="1", document={"text": "robot"}, refresh=True)
        nodes[0].kill()
        with client_of(nodes[1].url, timeout=30) as client:
            found = client.search(index="copied", query={"match_all": {}})
            assert found["hits"]["total"]["value"] == 1
        nodes[0].restart()
        nodes[1].wait_until_ready(nodes=3)

"""Start-up checks of the cluster and its settings: each fault has an id and a hint, and no fault is silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.checks import CheckMessage

from search.checks import check_cluster, check_elasticsearch_settings
from search.engines.elasticsearch.mapping import mapping
from tests.elasticsearch_server.ports import free_ports
from tests.search.cluster import NOWHERE, OTHER, TestCluster, own_cluster, put_live

pytestmark = pytest.mark.engine_only


@pytest.fixture(autouse=True)
def _elasticsearch(settings: LazySettings) -> None:
    """The engine is chosen, and no developer's settings play a part."""
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = ["http://localhost:9200"]
    settings.ELASTICSEARCH_USER = settings.ELASTICSEARCH_PASSWORD = settings.ELASTICSEARCH_API_KEY = ""
    settings.ELASTICSEARCH_CA_FILE = ""
    settings.ELASTICSEARCH_INDEX_PREFIX = "findfusion"
    settings.ELASTICSEARCH_TIMEOUT = 0.8


def said(found: list[CheckMessage]) -> list[str]:
    """The ids, of which each must have a message of one line and a hint."""
    assert all(message.hint and message.msg and "\n" not in message.msg for message in found)
    return [str(message.id) for message in found]


# Settings

GOOD: dict[str, list[object]] = {
    "ELASTICSEARCH_URL": [
        ["http://localhost:9200"],
        ["https://one.example.org:9200", "https://two.example.org:9200"],
        ["http://[::1]:9200"],
    ],
    "ELASTICSEARCH_INDEX_PREFIX": ["f", "find-fusion-2", "x" * 50],
    "ELASTICSEARCH_TIMEOUT": [0.01, 60.0],
}
BAD: list[tuple[str, dict[str, object]]] = [
    ("search.E003", {"ELASTICSEARCH_URL": []}),
    ("search.E003", {"ELASTICSEARCH_URL": [""]}),
    ("search.E003", {"ELASTICSEARCH_URL": ["localhost:9200"]}),
    ("search.E003", {"ELASTICSEARCH_URL": ["http://"]}),
    ("search.E003", {"ELASTICSEARCH_URL": ["ftp://localhost"]}),
    ("search.E003", {"ELASTICSEARCH_URL": ["http://localhost:9200", "second:9200"]}),
    ("search.E004", {"ELASTICSEARCH_URL": ["http://elastic:secret-word@localhost:9200"]}),
    ("search.E004", {"ELASTICSEARCH_URL": ["http://localhost:9200", "http://elastic@localhost:9201"]}),
    ("search.E005", {"ELASTICSEARCH_USER": "elastic"}),
    ("search.E005", {"ELASTICSEARCH_PASSWORD": "secret-word"}),
    ("search.E006", {"ELASTICSEARCH_CA_FILE": "no/such/file.crt"}),
    ("search.E006", {"ELASTICSEARCH_CA_FILE": "/"}),
    ("search.E007", {"ELASTICSEARCH_INDEX_PREFIX": ""}),
    ("search.E007", {"ELASTICSEARCH_INDEX_PREFIX": "Find"}),
    ("search.E007", {"ELASTICSEARCH_INDEX_PREFIX": "-find"}),
    ("search.E007", {"ELASTICSEARCH_INDEX_PREFIX": "find*"}),
    ("search.E007", {"ELASTICSEARCH_INDEX_PREFIX": "find,other"}),
    ("search.E007", {"ELASTICSEARCH_INDEX_PREFIX": "find\n"}),
    ("search.E007", {"ELASTICSEARCH_INDEX_PREFIX": "x" * 51}),
    ("search.E008", {"ELASTICSEARCH_TIMEOUT": 0.0}),
    ("search.E008", {"ELASTICSEARCH_TIMEOUT": -1.0}),
    ("search.E008", {"ELASTICSEARCH_TIMEOUT": 61.0}),
    ("search.E008", {"ELASTICSEARCH_TIMEOUT": float("nan")}),
    ("search.E008", {"ELASTICSEARCH_TIMEOUT": float("inf")}),
]


def put(settings: LazySettings, changed: dict[str, object]) -> None:
    for name, value in changed.items():
        setattr(settings, name, value)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in GOOD.items() for value in values])
def test_what_can_be_used_is_not_remarked_upon(settings: LazySettings, name: str, value: object) -> None:
    put(settings, {name: value})
    assert said(check_elasticsearch_settings()) == []


def test_a_name_with_its_password_and_a_certificate_are_in_order(settings: LazySettings, tmp_path: Path) -> None:
    authority = tmp_path / "authority.crt"
    authority.write_text("a certificate")
    secrets = {"ELASTICSEARCH_USER": "elastic", "ELASTICSEARCH_PASSWORD": "secret", "ELASTICSEARCH_API_KEY": "key"}
    put(settings, {**secrets, "ELASTICSEARCH_CA_FILE": str(authority)})
    assert said(check_elasticsearch_settings()) == []


@pytest.mark.parametrize(("problem", "changed"), BAD)
def test_what_cannot_be_used_is_an_error(settings: LazySettings, problem: str, changed: dict[str, object]) -> None:
    put(settings, changed)
    found = check_elasticsearch_settings()
    assert said(found) == [problem]
    assert all(message.is_serious() for message in found)
    # What is secret is not repeated, and what cannot be used is not asked.
    assert "secret-word" not in str(found)
    assert said(check_cluster()) == []


def test_several_faults_are_told_together(settings: LazySettings) -> None:
    put(settings, {"ELASTICSEARCH_TIMEOUT": 0.0, "ELASTICSEARCH_USER": "elastic", "ELASTICSEARCH_INDEX_PREFIX": "A"})
    assert said(check_elasticsearch_settings()) == ["search.E005", "search.E007", "search.E008"]


def test_with_the_embedded_engine_nothing_of_it_matters(settings: LazySettings) -> None:
    [port] = free_ports(1)
    settings.SEARCH_ENGINE = "embedded"
    settings.ELASTICSEARCH_URL = [f"http://127.0.0.1:{port}"]
    assert said(check_cluster()) == []
    for _, changed in BAD:
        put(settings, changed)
    assert said(check_elasticsearch_settings()) == said(check_cluster()) == []


# The cluster


@pytest.fixture
def cluster(elasticsearch_url: str, tmp_path: Path, settings: LazySettings) -> Iterator[TestCluster]:
    """A part of a real server that the settings lead to."""
    with own_cluster(elasticsearch_url, tmp_path) as made:
        settings.ELASTICSEARCH_URL = [elasticsearch_url]
        settings.ELASTICSEARCH_INDEX_PREFIX = made.address.prefix
        yield made


def cautions() -> list[str]:
    """The ids of what is said of the cluster: never an error, since the standby answers meanwhile."""
    found = check_cluster()
    assert not any(message.is_serious() for message in found)
    return said(found)


def test_a_cluster_that_cannot_be_reached(settings: LazySettings) -> None:
    [port] = free_ports(1)
    settings.ELASTICSEARCH_URL = [f"http://127.0.0.1:{port}"]
    assert cautions() == ["search.W003"]


@pytest.mark.elasticsearch
def test_a_red_index(cluster: TestCluster) -> None:
    store = cluster.store()
    cluster.make(f"{store.alias}-1", settings=NOWHERE, mappings=mapping(), aliases={store.alias: {}})
    assert cautions() == ["search.W004"]


@pytest.mark.elasticsearch
def test_a_red_index_that_is_not_the_live_one_is_no_matter(cluster: TestCluster) -> None:
    store = cluster.store()
    put_live(store)
    cluster.make(f"{store.alias}-1", settings=NOWHERE, mappings=mapping())
    assert cautions() == []


@pytest.mark.elasticsearch
def test_no_index_or_half_of_one(cluster: TestCluster) -> None:
    assert cautions() == ["search.W005"]
    cluster.store().new()
    cluster.make(f"{cluster.address.prefix}-{OTHER}-notes", aliases={f"{cluster.address.prefix}-{OTHER}": {}})
    put_live(cluster.store("-test"))
    assert cautions() == ["search.W005"]


@pytest.mark.elasticsearch
def test_an_index_of_another_version(cluster: TestCluster) -> None:
    put_live(cluster.store(version=OTHER))
    assert cautions() == ["search.W006"]
    put_live(cluster.store())
    assert cautions() == []


@pytest.mark.elasticsearch
def test_a_mapping_that_is_not_the_declared_one(cluster: TestCluster) -> None:
    store = cluster.store()
    put_live(store)
    assert cautions() == []
    name = store.live().name
    cluster.ask(lambda client: client.indices.put_mapping(index=name, properties={"mood": {"type": "keyword"}}))
    assert cautions() == ["search.W007"]

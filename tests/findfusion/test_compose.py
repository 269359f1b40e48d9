"""The compose file: Elasticsearch behind a password and no port, and an application whose settings reach it."""

from __future__ import annotations

import base64
import http.client
import json
import os
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import elasticsearch
import pytest
import yaml
from django.conf import LazySettings

from search.checks import check_cluster, check_elasticsearch_settings
from search.criteria import SearchCriteria
from search.document import Batch
from search.engines.base import Request, SearchUnavailableError
from search.engines.elasticsearch.store import ElasticsearchStore, elasticsearch_store
from tests.contract.documents import opportunity
from tests.contract.engines import NOW, own_prefix, words

pytestmark = pytest.mark.engine_only

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: Mapping[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: Mapping[str, Mapping[str, Any]] = COMPOSE["services"]
APPLICATION: Mapping[str, str] = COMPOSE["x-application"]["environment"]
SERVER = SERVICES["elasticsearch"]
PASSWORD = "a-password-of-this-test"
_VARIABLE = re.compile(r"\$\{(\w+)(?:(:[-?])([^}]*))?\}")


class NotSetError(Exception):
    """A variable that the compose file demands is not set."""


def filled_in(value: object, environment: Mapping[str, str]) -> str:
    """A value of the compose file, as docker compose fills in what it takes from the environment."""

    def fill(match: re.Match[str]) -> str:
        name, how, said = match.groups()
        if found := environment.get(name):
            return found
        if how != ":-":
            raise NotSetError(name)
        return str(said)

    return _VARIABLE.sub(fill, str(value))


def environment_of_application(**given: str) -> dict[str, str]:
    """What the application is told of Elasticsearch when docker compose is given these variables."""
    return {name: filled_in(text, given) for name, text in APPLICATION.items() if name.startswith("ELASTICSEARCH_")}


# What docker compose starts


def test_the_password_must_be_set() -> None:
    for variable in (SERVER["environment"]["ELASTIC_PASSWORD"], APPLICATION["ELASTICSEARCH_PASSWORD"]):
        assert filled_in(variable, {"ELASTIC_PASSWORD": PASSWORD}) == PASSWORD
        for nothing in ({}, {"ELASTIC_PASSWORD": ""}):
            with pytest.raises(NotSetError, match="ELASTIC_PASSWORD"):
                filled_in(variable, nothing)


def test_nobody_gets_in_without_it() -> None:
    settings = SERVER["environment"]
    assert settings["xpack.security.enabled"] == "true"
    assert settings["action.destructive_requires_name"] == "true"
    assert not [name for name in settings if "anonymous" in name]
    assert "env_file" not in SERVER


def test_it_has_no_port_outside() -> None:
    assert not {"ports", "expose", "network_mode"} & set(SERVER)
    opened = {name for name, service in SERVICES.items() if "ports" in service}
    assert opened == {"web", "mail"}
    # The mail catcher shows itself to this machine alone.
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["mail"]["ports"])


def test_its_data_are_kept() -> None:
    [volume] = SERVER["volumes"]
    name, _, path = volume.partition(":")
    assert (path, name in COMPOSE["volumes"]) == ("/usr/share/elasticsearch/data", True)


def test_nothing_waits_for_it() -> None:
    for name, service in SERVICES.items():
        assert "elasticsearch" not in service.get("depends_on", {}), name


def test_every_process_of_the_application_is_told_the_same() -> None:
    ours = [service for service in SERVICES.values() if service.get("image") == "findfusion"]
    assert len(ours) == 5
    assert all(service["environment"] == APPLICATION for service in ours)
    assert filled_in(APPLICATION["SEARCH_ENGINE"], {}) == "elasticsearch"


def test_the_version_is_the_tested_one_and_the_client_s() -> None:
    image, _, version = SERVER["image"].partition(":")
    assert image == "elasticsearch"
    pom = (ROOT / "tests/elasticsearch_server/pom.xml").read_text()
    assert re.findall(r"<elasticsearch.version>(.+?)</elasticsearch.version>", pom) == [version]
    [wanted] = [
        each
        for each in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
        if re.match(r"elasticsearch\b(?!-)", each)
    ]
    major, minor = map(int, version.split(".")[:2])
    assert wanted == f"elasticsearch>={major}.{minor},<{major + 1}"
    assert elasticsearch.__version__[:2] == (major, minor)


# What the application makes of it


def read_settings(environment: Mapping[str, str]) -> dict[str, Any]:
    """The settings ELASTICSEARCH_* of an application that is told this and nothing else."""
    code = (
        # A developer's .env is not read.
        "import environ, json; environ.Env.read_env = lambda *_: None; from findfusion import settings as s;"
        "print(json.dumps({n: getattr(s, n) for n in dir(s) if n.startswith('ELASTICSEARCH_')}))"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ELASTICSEARCH_")}
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env={**clean, **environment}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    read: dict[str, Any] = json.loads(said.stdout)
    return read


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """The settings under which docker compose runs the application, with nothing set but the password."""
    return read_settings(environment_of_application(ELASTIC_PASSWORD=PASSWORD))


def test_the_application_is_told_all_that_it_reads(told: Mapping[str, Any]) -> None:
    assert set(environment_of_application(ELASTIC_PASSWORD=PASSWORD)) == set(told)
    assert told["ELASTICSEARCH_URL"] == ["http://elasticsearch:9200"]
    assert (told["ELASTICSEARCH_USER"], told["ELASTICSEARCH_PASSWORD"]) == ("elastic", PASSWORD)


def test_what_is_not_set_is_as_it_is_without_docker(told: Mapping[str, Any]) -> None:
    without = read_settings({})
    there = {"ELASTICSEARCH_URL", "ELASTICSEARCH_USER", "ELASTICSEARCH_PASSWORD"}
    assert {name: told[name] for name in set(told) - there} == {name: without[name] for name in set(without) - there}


def test_another_cluster_can_be_named() -> None:
    given = {
        "ELASTICSEARCH_API_KEY": "key",
        "ELASTICSEARCH_CA_FILE": "/srv/authority.crt",
        "ELASTICSEARCH_INDEX_PREFIX": "pilot",
        "ELASTICSEARCH_TIMEOUT": "1.5",
        "ELASTICSEARCH_URL": "https://one:9200,https://two:9200",
        "ELASTICSEARCH_USER": "findfusion",
    }
    told = read_settings(environment_of_application(ELASTIC_PASSWORD=PASSWORD, **given))
    assert told == {
        **given,
        "ELASTICSEARCH_PASSWORD": PASSWORD,
        "ELASTICSEARCH_TIMEOUT": 1.5,
        "ELASTICSEARCH_URL": ["https://one:9200", "https://two:9200"],
    }


class Doorkeeper:
    """Stands before a server that asks for nothing, and lets in only who says the right name and password."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self.wanted = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        self.heard: list[str | None] = []
        server = urlsplit(url)
        keeper = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                said = self.headers.get("Authorization")
                keeper.heard.append(said)
                if said != keeper.wanted:
                    self.reply(401, b'{"error": {"type": "security_exception", "reason": "no"}, "status": 401}')
                    return
                # A stock server has to decide by this header; ours never sees it.
                passed_on = {
                    name: value for name, value in self.headers.items() if name not in ("Authorization", "Host")
                }
                connection = http.client.HTTPConnection(server.hostname or "", server.port, timeout=30)
                connection.request(self.command, self.path, body, passed_on)
                answer = connection.getresponse()
                self.reply(answer.status, answer.read(), answer.headers.get("Content-Encoding"))
                connection.close()

            def reply(self, status: int, body: bytes, encoding: str | None = None) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("X-Elastic-Product", "Elasticsearch")
                self.send_header("Content-Length", str(len(body)))
                if encoding:
                    self.send_header("Content-Encoding", encoding)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        for method in ("GET", "POST", "PUT", "DELETE"):
            setattr(Handler, f"do_{method}", Handler.answer)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Lets nobody in any more."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def keeper(
    elasticsearch_url: str, told: Mapping[str, Any], settings: LazySettings, tmp_path: Path
) -> Iterator[Doorkeeper]:
    """The settings of docker compose, but for the address: there is a real server behind a doorkeeper."""
    for name, value in told.items():
        setattr(settings, name, value)
    made = Doorkeeper(elasticsearch_url, "elastic", PASSWORD)
    settings.ELASTICSEARCH_URL = [made.url]
    settings.ELASTICSEARCH_INDEX_PREFIX = own_prefix()
    settings.ELASTICSEARCH_TIMEOUT = 10.0  # a busy machine is no outage
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.SEARCH_INDEX_DIR = tmp_path
    yield made
    made.close()


@pytest.mark.elasticsearch
def test_an_index_is_built_and_searched_under_these_settings(keeper: Doorkeeper) -> None:
    assert not check_elasticsearch_settings()
    store = elasticsearch_store()
    generation = store.new()
    try:
        generation.fill(Batch(1, [opportunity(1, "Letterpress"), opportunity(2, "Pottery")]))
        generation.settle()
        store.put_live(generation)
        assert not check_cluster()
        found = store.engine.search(Request(SearchCriteria(), words("letterpress"), NOW))
        assert [match.card.title for match in found.matches] == ["Letterpress"]
        assert len(store.engine.signatures()) == 2
        assert store.engine.health().ok
    finally:
        store.discard(generation)
    assert set(keeper.heard) == {keeper.wanted}
    assert len(keeper.heard) > 10


@pytest.mark.elasticsearch
@pytest.mark.parametrize("password", ["another", ""])
def test_who_is_not_let_in_falls_back_to_the_standby(keeper: Doorkeeper, settings: LazySettings, password: str) -> None:
    settings.ELASTICSEARCH_USER = "elastic" if password else ""
    settings.ELASTICSEARCH_PASSWORD = password
    store = elasticsearch_store()
    request = Request(SearchCriteria(), words("letterpress"), NOW)
    attempts: list[Callable[[ElasticsearchStore], object]] = [
        lambda store: store.engine.search(request),
        lambda store: store.engine.suggest("letter", NOW),
        lambda store: store.new(),
        lambda store: store.live(),
    ]
    for attempt in attempts:
        with pytest.raises(SearchUnavailableError, match="401"):
            attempt(store)
    assert not store.engine.health().ok
    assert [message.id for message in check_cluster()] == ["search.W003"]

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection
from django.test import Client

from search.engines.embedded.store import EmbeddedStore
from search.services import rebuild
from tests.factories import OpportunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _index(settings: LazySettings, tmp_path: Path) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path / "index"


def test_it_says_that_all_is_well_and_which_engine_answers(client: Client, settings: LazySettings) -> None:
    OpportunityFactory.create()
    rebuild(EmbeddedStore(settings.SEARCH_INDEX_DIR))
    response = client.get("/health/")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    found = response.json()
    assert found["ok"] is True
    assert found["database"]["vendor"] == connection.vendor
    # One opportunity and its partner.
    assert (found["search"]["engine"], found["search"]["documents"]) == ("embedded", 2)


def test_without_an_index_it_says_so_and_no_more(client: Client, settings: LazySettings) -> None:
    response = client.get("/health/")
    assert response.status_code == 503
    found = response.json()
    assert (found["ok"], found["database"]["ok"], found["search"]["ok"]) == (False, True, False)
    assert str(settings.SEARCH_INDEX_DIR) not in response.content.decode()


def test_while_the_cluster_is_away_the_standby_answers_and_both_are_told(
    client: Client, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    OpportunityFactory.create()
    rebuild(EmbeddedStore(settings.SEARCH_INDEX_DIR))
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL = "elasticsearch", ["http://127.0.0.1:9"]
    response = client.get("/health/")
    assert response.status_code == 200
    found = response.json()["search"]
    assert (found["ok"], found["engine"], found["documents"]) == (True, "embedded", 2)
    assert found["engines"] == {
        "elasticsearch": {"ok": False, "documents": 0},
        "embedded": {"ok": True, "documents": 2},
    }
    assert "127.0.0.1" not in response.content.decode()
    assert "The standby answers" in caplog.text


def test_an_engine_that_there_is_not_is_a_failure(client: Client, settings: LazySettings) -> None:
    settings.SEARCH_ENGINE = "crystal ball"
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json()["search"]["engine"] is None


def test_a_database_that_does_not_answer_is_a_failure(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise DatabaseError("could not connect to secret.host")

    monkeypatch.setattr(connection, "cursor", broken)
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json()["database"]["ok"] is False
    assert "secret.host" not in response.content.decode()


def test_it_is_only_asked(client: Client) -> None:
    assert client.post("/health/").status_code == 405
    assert client.head("/health/").status_code == 503

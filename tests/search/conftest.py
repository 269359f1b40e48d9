"""Indexes of its own for each test that asks for one: the site's, or a store of any kind."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import LazySettings

from search.draining import Drainer
from search.engines.base import IndexMissingError, IndexStore
from search.engines.elasticsearch.store import ElasticsearchStore, elasticsearch_store
from search.engines.embedded.store import EmbeddedStore
from search.rebuilding import rebuild
from tests.contract.engines import own_prefix
from tests.search.memory_store import MemoryStore


class LiveIndex:
    """An index of the test's database, brought up to date by `drain`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.store = EmbeddedStore(root)
        self._drainer = Drainer(self.store)

    def rebuild(self) -> None:
        """Builds it anew from what the database holds."""
        rebuild(self.store)

    def drain(self) -> int:
        """Takes in every change that waits and everything that is due."""
        return self._drainer.drain()

    def close(self) -> None:
        """Lets go of it."""
        self.store.close()


@pytest.fixture
def index(db: None, tmp_path: Path, settings: LazySettings) -> Iterator[LiveIndex]:
    """A live index of an empty database."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    live = LiveIndex(tmp_path / "index")
    live.rebuild()
    yield live
    live.close()


@pytest.fixture
def memory(db: None) -> MemoryStore:
    """A store in memory with a live index of what the database holds."""
    store = MemoryStore()
    rebuild(store)
    return store


def cluster(request: pytest.FixtureRequest, settings: LazySettings, tmp_path: Path) -> ElasticsearchStore:
    """A store on a real server, under a name of its own, whose index goes when the test ends."""
    settings.ELASTICSEARCH_URL = [request.getfixturevalue("elasticsearch_url")]
    settings.ELASTICSEARCH_INDEX_PREFIX = own_prefix()
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    made = elasticsearch_store()

    def drop() -> None:
        with suppress(IndexMissingError):
            made.discard(made.live())

    request.addfinalizer(drop)
    return made


ELASTICSEARCH = pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)


@pytest.fixture(params=["memory", "embedded", ELASTICSEARCH])
def store(request: pytest.FixtureRequest, settings: LazySettings, tmp_path: Path) -> IndexStore:
    """Each kind of store, without an index."""
    if request.param == "elasticsearch":
        return cluster(request, settings, tmp_path)
    return MemoryStore() if request.param == "memory" else EmbeddedStore(tmp_path / "index")


@pytest.fixture(params=["memory", ELASTICSEARCH])
def versioned(request: pytest.FixtureRequest, db: None, settings: LazySettings, tmp_path: Path) -> IndexStore:
    """Each kind of store that counts versions, with a live index of what the database holds."""
    made = MemoryStore() if request.param == "memory" else cluster(request, settings, tmp_path)
    rebuild(made)
    return made


@pytest.fixture
def stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[MemoryStore, EmbeddedStore]:
    """What the commands take for the stores that the settings feed: one that hosts share, and this host's."""
    made = MemoryStore(), EmbeddedStore(tmp_path / "index")
    monkeypatch.setattr("search.management.choosing.fed_stores", lambda: made)
    monkeypatch.setattr("search.keeping.PATIENCE_SECONDS", 0.1)
    return made

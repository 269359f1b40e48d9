"""An index of its own for each test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from search.draining import Drainer
from search.engines.embedded.store import EmbeddedStore
from search.rebuilding import rebuild


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

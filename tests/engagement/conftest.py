"""What the tests of engagement ask for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings

from search.engines.embedded.store import EmbeddedStore
from search.services import rebuild


@pytest.fixture
def index(tmp_path: Path, settings: LazySettings) -> Callable[[], None]:
    """Builds the search index of this test from what stands in the database: call it once all is there."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"

    def build() -> None:
        rebuild(EmbeddedStore(settings.SEARCH_INDEX_DIR))

    return build

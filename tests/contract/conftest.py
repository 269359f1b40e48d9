"""One behaviour suite for every engine: add an engine to `ENGINES`, and it is held to all of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from tests.contract.engines import ElasticsearchHarness, EmbeddedHarness, Harness

#: The engines under contract; each harness fills an index with documents and answers requests.
ENGINES: dict[str, Callable[[Path, LazySettings], Harness]] = {
    "embedded": EmbeddedHarness,
    "elasticsearch": ElasticsearchHarness,
}
#: What must be running for an engine, as the name of a fixture that gives its address.
SERVERS = {"elasticsearch": "elasticsearch_url"}


@pytest.fixture(
    params=[
        pytest.param(name, marks=[pytest.mark.elasticsearch] if name in SERVERS else []) for name in sorted(ENGINES)
    ]
)
def engine(request: pytest.FixtureRequest, tmp_path: Path, settings: LazySettings) -> Iterator[Harness]:
    """An engine with an empty index of its own, which the project's selectors ask, too."""
    if server := SERVERS.get(request.param):
        settings.ELASTICSEARCH_URL = [request.getfixturevalue(server)]
    harness = ENGINES[request.param](tmp_path, settings)
    yield harness
    harness.close()


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Reading an engine is no matter of the database's."""
    for item in items:
        if "tests/contract/" in str(item.path) and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.engine_only)

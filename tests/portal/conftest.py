"""What the tests of the portal ask for."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.directory.conftest import index

__all__ = ["index", "private"]


@pytest.fixture
def private(tmp_path: Path, settings: LazySettings) -> Path:
    """The folder of documents, empty and of this test alone."""
    settings.PRIVATE_DIR = tmp_path / "private"
    return tmp_path / "private"

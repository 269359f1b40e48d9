"""What the tests of the portal ask for."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.directory.conftest import index
from tests.portal.dates import Keeper
from tests.portal.uploads import Sender

__all__ = ["index", "keeper", "private", "private_folder", "sender"]


@pytest.fixture
def private(tmp_path: Path, settings: LazySettings) -> Path:
    """The folder of documents, empty and of this test alone."""
    settings.PRIVATE_DIR = tmp_path / "private"
    return tmp_path / "private"


@pytest.fixture
def private_folder(settings: LazySettings, tmp_path: Path) -> Path:
    """A folder of this test's own for what is kept privately."""
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def sender(client: Client, private_folder: Path) -> Sender:
    """Somebody who sends tables for a partner."""
    return Sender(client, name="Tallowgate Print Rooms")


@pytest.fixture
def keeper(client: Client) -> Keeper:
    """Somebody who keeps the dates of an opportunity that is public."""
    return Keeper(client, title="Set, ink, pull")

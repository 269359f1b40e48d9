"""The demonstration in the test's database: loaded once for a state of the code, then copied.

Loading takes half a minute. On SQLite a copy is kept beside the golden database, so that a second
module, worker or run has it at once; tests that ask for it are marked `engine_only`, since on
PostgreSQL it would have to be loaded each time.
"""

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.golden import ROOT, key

#: The moment at which it was loaded and at which it is searched: dates in it are counted from there.
NOW = "2026-11-24T12:00:00Z"
_KEPT = 2


@pytest.fixture(scope="module")
def demonstration(
    request: pytest.FixtureRequest, module_database: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The database holds the demonstration and it is `NOW`, for all tests of a module; each of them is rolled back."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False):
        _load(request.config.cache.mkdir("demonstration"))
        yield


def _load(folder: Path) -> None:
    if connection.vendor != "sqlite":
        call_command("load_demo", verbosity=0)
        return
    kept = folder / f"{_state()}.sqlite3"
    with _alone(folder):
        if not kept.exists():
            call_command("load_demo", verbosity=0)
            for old in sorted(folder.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[: 1 - _KEPT or None]:
                old.unlink()
            making = kept.with_suffix(".making")
            making.unlink(missing_ok=True)
            with sqlite3.connect(making) as copy:
                connection.connection.backup(copy)
            copy.close()
            making.rename(kept)
            return
    name = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    for beside in ("-wal", "-shm", "-journal"):
        Path(f"{name}{beside}").unlink(missing_ok=True)
    shutil.copyfile(kept, name)


def _state() -> str:
    """A short name for all that decides what the demonstration is: the code of all rooms, and its files."""
    total = hashlib.sha256(f"{key()} {NOW}".encode())
    rooms = [Path(config.path) for config in apps.get_app_configs() if Path(config.path).parent == ROOT]
    for path in sorted(
        path for room in rooms for path in room.rglob("*") if path.suffix in {".py", ".csv", ".json", ".toml"}
    ):
        total.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

"""The golden database: migrated once, copied for every worker, laid anew after a test that commits.

Migrating takes ten seconds and more; a copy takes none. The golden one is keyed by a hash of all
that migrations are made of, so that it is never older than they are. Tests that commit
(`transaction=True`, `live_server`) would leave an emptied database behind, without vocabularies or
Wagtail's root page: after each of them the copy is laid anew.
"""

import abc
import ast
import fcntl
import hashlib
import importlib.metadata
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TestCase, TransactionTestCase

ROOT = Path(__file__).resolve().parent.parent
Execute = Callable[[str], list[tuple[object, ...]]]
LOCK_NUMBER = 7_130_021  # any number that nobody else takes on a test server


def _imported(path: Path) -> Iterator[Path]:
    """The modules of this project that a module imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module, *(f"{node.module}.{name.name}" for name in node.names)]
        elif isinstance(node, ast.Import):
            names = [name.name for name in node.names]
        for name in names:
            stem = ROOT / name.replace(".", "/")
            yield from (file for file in (stem.with_suffix(".py"), stem / "__init__.py") if file.is_file())


def _sources_of_migrations() -> set[Path]:
    """
    All of ours that decides what a migrated database holds.

    The migrations and whatever they import; the data files of the rooms; the modules that act after
    migrating (roles), with what they import from their own room; and this module, which makes it.
    """
    rooms = [Path(config.path) for config in apps.get_app_configs() if Path(config.path).parent == ROOT]
    found = {path for room in rooms for kind in ("csv", "json") for path in room.rglob(f"*.{kind}")}
    pending = [path for room in rooms for path in (room / "migrations").glob("*.py")]
    pending += [path for room in rooms for path in room.rglob("*.py") if "post_migrate" in path.read_text()]
    pending.append(Path(__file__))
    while pending:
        path = pending.pop()
        if path in found:
            continue
        found.add(path)
        is_migration = path.parent.name == "migrations"
        pending += [each for each in _imported(path) if is_migration or each.parent == path.parent]
    return found


def key() -> str:
    """A short name for the state that all migrations lead to."""
    total = hashlib.sha256()
    for path in sorted(_sources_of_migrations()):
        total.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    for name in sorted(f"{d.metadata['Name']}=={d.version}" for d in importlib.metadata.distributions()):
        total.update(name.encode())
    total.update(repr([settings.INSTALLED_APPS, connections[DEFAULT_DB_ALIAS].vendor]).encode())
    return total.hexdigest()[:16]


class Golden(abc.ABC):
    """The golden database on one engine, and this worker's copy of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = key()

    @property
    def connection(self) -> BaseDatabaseWrapper:
        """The connection that tests use at this moment.

        Looked up each time: Django keeps another one while an event loop runs in this thread, as Playwright's does
        from the first test that asks for a browser on. Closing the former one would leave that open on what was laid
        before, with all its rows.
        """
        return connections[DEFAULT_DB_ALIAS]

    @abc.abstractmethod
    def lay(self) -> None:
        """Puts a fresh copy in place of whatever this worker's database holds."""

    @abc.abstractmethod
    def remove(self) -> None:
        """Removes this worker's copy."""

    def use(self, name: str) -> None:
        """Makes `name` the database that this process talks to."""
        self.connection.close()
        settings.DATABASES[DEFAULT_DB_ALIAS]["NAME"] = name
        self.connection.settings_dict["NAME"] = name

    def migrate(self, name: str) -> None:
        """Builds the state of the golden database in the empty database `name`."""
        self.use(name)
        call_command("migrate", verbosity=0, interactive=False)


class GoldenFile(Golden):
    """On SQLite: a file, copied."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.copy = Path(settings.TEST_DIR) / "database.sqlite3"
        self.golden = folder / f"{self.key}.sqlite3"
        with self._alone():
            if not self.golden.exists():
                self._make()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make(self) -> None:
        for old in sorted(self.folder.glob("*.sqlite3"), key=os.path.getmtime)[:-3]:
            old.unlink()
        making = self.folder / f"{self.key}.making"
        _unlink(making)
        self.migrate(str(making))
        with self.connection.cursor() as cursor:
            # The log goes into the file, so that a copy of it is the database. It stays in write-ahead mode: of two
            # threads that open a file in another mode, both would change it at once, and one be told that it is locked.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.close()
        making.rename(self.golden)

    def lay(self) -> None:
        self.connection.close()
        _unlink(self.copy)
        shutil.copyfile(self.golden, self.copy)
        self.use(str(self.copy))

    def remove(self) -> None:
        self.connection.close()
        _unlink(self.copy)


class GoldenTemplate(Golden):
    """On PostgreSQL: a template database."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.golden = f"findfusion_golden_{self.key}"
        self.copy = f"findfusion_test_{settings.WORKER}_{os.getpid()}"
        with self._server() as execute:
            execute(f"SELECT pg_advisory_lock({LOCK_NUMBER})")
            if not execute(f"SELECT 1 FROM pg_database WHERE datname = '{self.golden}'"):
                making = f"{self.golden}_making"
                execute(f'DROP DATABASE IF EXISTS "{making}" WITH (FORCE)')
                execute(f'CREATE DATABASE "{making}"')
                self.migrate(making)
                self.connection.close()
                execute(f'ALTER DATABASE "{making}" RENAME TO "{self.golden}"')

    @contextmanager
    def _server(self) -> Iterator[Execute]:
        with self.connection._nodb_cursor() as cursor:  # how Django makes its own test databases

            def execute(statement: str) -> list[tuple[object, ...]]:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []

            yield execute

    def lay(self) -> None:
        self.connection.close()
        with self._server() as execute:
            execute(f'DROP DATABASE IF EXISTS "{self.copy}" WITH (FORCE)')
            execute(f'CREATE DATABASE "{self.copy}" TEMPLATE "{self.golden}"')
        self.use(self.copy)

    def remove(self) -> None:
        self.connection.close()
        with self._server() as execute:
            execute(f'DROP DATABASE IF EXISTS "{self.copy}" WITH (FORCE)')


def _unlink(path: Path) -> None:
    for each in (path, Path(f"{path}-wal"), Path(f"{path}-shm"), Path(f"{path}-journal")):
        each.unlink(missing_ok=True)


def golden_database(folder: Path) -> Golden:
    """The golden database for the engine that the settings name; made now if it is not there."""
    kind = GoldenFile if connections[DEFAULT_DB_ALIAS].vendor == "sqlite" else GoldenTemplate
    return kind(folder)


def commits(item: pytest.Item) -> bool:
    """Whether the test writes to the database outside a transaction that is rolled back."""
    names = set(getattr(item, "fixturenames", ()))
    test_class = getattr(item, "cls", None)
    if test_class and issubclass(test_class, TransactionTestCase) and not issubclass(test_class, TestCase):
        return True
    if names & {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}:
        return True
    marker = item.get_closest_marker("django_db")
    return bool(marker and (marker.kwargs.get("transaction") or (marker.args and marker.args[0])))

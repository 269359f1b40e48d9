"""Locks among processes: held once, waited for, and gone with whoever held them."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from search.engines.base import BusyError
from search.engines.locks import database_lock, file_lock, lock_number

#: Holds a lock until it is killed, or its input ends.
HOLDER = """
import sys
from pathlib import Path
import django
django.setup()
from search.engines.locks import database_lock
with database_lock(sys.argv[1], Path(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(name: str, folder: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds a lock, killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, name, str(folder)],
        cwd=settings.BASE_DIR,
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.engine_only
def test_a_file_is_held_once(tmp_path: Path) -> None:
    path = tmp_path / "not" / "there yet" / "a.lock"
    with file_lock(path), pytest.raises(BusyError, match=r"a\.lock"), file_lock(path, wait=False):
        pass
    with file_lock(path, wait=False):
        pass


@pytest.mark.engine_only
def test_a_file_is_let_go_by_what_fails(tmp_path: Path) -> None:
    with pytest.raises(KeyError), file_lock(tmp_path / "a.lock"):
        raise KeyError
    with file_lock(tmp_path / "a.lock", wait=False):
        pass


@pytest.mark.engine_only
def test_numbers_of_locks_fit_and_differ() -> None:
    numbers = {lock_number(f"elasticsearch:find-fusion-{each}:batch") for each in range(1_000)}
    assert len(numbers) == 1_000
    assert all(0 <= number < 2**63 for number in numbers)


@pytest.mark.django_db(transaction=True)
def test_a_name_is_held_once_among_processes(tmp_path: Path, process_environment: dict[str, str]) -> None:
    with holder("a:drainer", tmp_path, process_environment) as other:
        with pytest.raises(BusyError, match="drainer"), database_lock("a:drainer", tmp_path, wait=False):
            pass
        # Another name is another lock.
        with database_lock("a:batch", tmp_path, wait=False):
            pass
        taken = Event()

        def take() -> None:
            with database_lock("a:drainer", tmp_path):
                taken.set()
            connection.close()

        waiting = Thread(target=take)
        waiting.start()
        assert not taken.wait(0.3)
        other.kill()
        assert taken.wait(10), "A lock outlived its process."
        waiting.join()
    with database_lock("a:drainer", tmp_path, wait=False):
        pass


@pytest.mark.django_db(transaction=True)
def test_a_name_is_let_go_by_what_fails(tmp_path: Path, process_environment: dict[str, str]) -> None:
    with pytest.raises(KeyError), database_lock("a:drainer", tmp_path):
        raise KeyError
    with holder("a:drainer", tmp_path, process_environment):
        pass


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_no_file_is_needed_where_several_hosts_share_a_database(tmp_path: Path) -> None:
    with database_lock("a:drainer", tmp_path), database_lock("a:drainer", tmp_path, wait=False):
        assert list(tmp_path.iterdir()) == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_loses_the_connection_is_told_by_the_next_query(
    tmp_path: Path, process_environment: dict[str, str]
) -> None:
    """Nothing goes on in the belief that it holds a lock, and the lock is free at once."""
    with pytest.raises(OperationalError), database_lock("a:drainer", tmp_path), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    with (
        holder("a:drainer", tmp_path, process_environment),
        pytest.raises(BusyError),
        database_lock("a:drainer", tmp_path, wait=False),
    ):
        pass


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_host_that_vanishes_is_noticed_soon(tmp_path: Path) -> None:
    """Over a socket of this machine, as in these tests, PostgreSQL reads them as 0: the peer cannot vanish there."""
    asked: list[str] = []

    def listen(execute: Callable[..., object], sql: str, *rest: object) -> object:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(listen), database_lock("a:drainer", tmp_path):
        pass
    # One round trip to take it, one to let it go.
    assert len(asked) == 2
    assert "tcp_keepalives_idle" in asked[0]

"""Locks among processes: of one host in a file, of several hosts in the database that they share."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, LOCK_UN, flock
from hashlib import blake2b
from pathlib import Path

from django.db import Error, connection

from search.engines.base import BusyError

logger = logging.getLogger(__name__)

#: A host that vanished, rather than ended, must not hold a lock for the two hours after which TCP would ask.
_NOTICED_SOON = {
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "25000",
}


@contextmanager
def file_lock(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Holds a file among the processes of this host. It is the kernel's, and ends with the process.

    Raises BusyError when it is held elsewhere, in this process too, and `wait` is false.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as held:
        try:
            flock(held, LOCK_EX if wait else LOCK_EX | LOCK_NB)
        except BlockingIOError as refused:
            raise BusyError(f"Another process holds {path}.") from refused
        try:
            yield
        finally:
            flock(held, LOCK_UN)


@contextmanager
def database_lock(name: str, folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Holds a name among all processes that use this database; on SQLite, which is one host's, by a file in `folder`.

    On PostgreSQL it belongs to the connection of this thread, whose work it guards: should the
    connection be lost, the next query fails, and nothing goes on in the belief that it holds the
    lock. So nothing may close the connection meanwhile (`close_old_connections` does), and a pool
    between must keep sessions. The same connection may take it again. The server notices within half
    a minute when the host of a holder vanishes.
    """
    if connection.vendor != "postgresql":
        with file_lock(folder / f"{re.sub(r'[^A-Za-z0-9.]+', '-', name)}.lock", wait=wait):
            yield
        return
    number = lock_number(name)
    # Waiting is the server's: the lock's own queue is fair, and nobody polls.
    settings = ", ".join(f"set_config('{setting}', '{value}', false)" for setting, value in _NOTICED_SOON.items())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {settings}, {'pg_advisory_lock' if wait else 'pg_try_advisory_lock'}(%s)", [number])
        if cursor.fetchone()[-1] is False:
            raise BusyError(f"Another process holds {name} in the database.")
    try:
        yield
    finally:
        _release(name, number)


def lock_number(name: str) -> int:
    """The number by which PostgreSQL knows a lock: 63 bits of the name's hash."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) >> 1


def _release(name: str, number: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
            if not cursor.fetchone()[0]:
                logger.warning("The lock %s was lost before it was let go: its connection was replaced.", name)
    except Error:
        # The session is gone, and the lock with it; or it cannot be asked, so it has to go.
        if not connection.in_atomic_block:
            connection.close()

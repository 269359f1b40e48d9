"""Writing without waiting: what is recorded about a page must not delay it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

#: How long an event waits for a lock that another writer holds.
LOCK_MS = 20
#: How long a statement may take altogether; SQLite has no such limit, and needs none for one row.
STATEMENT_MS = 60
_SETTINGS = ("lock_timeout", "statement_timeout", "synchronous_commit")


@contextmanager
def short_transaction() -> Iterator[None]:
    """A transaction of its own that waits at most 20 ms for a lock; the connection is as patient as before afterwards.

    Raises RuntimeError inside another transaction, and what the database raises.
    """
    if connection.vendor == "sqlite":
        with _impatient_sqlite(), transaction.atomic(durable=True):
            yield
    else:
        with transaction.atomic(durable=True):
            _set_for_this_transaction(f"{LOCK_MS}ms", f"{STATEMENT_MS}ms", "off")
            yield
            if connection.savepoint_ids:
                # Only a test holds a transaction open around this one; what is set would last as long as that.
                _set_for_this_transaction("0", "0", "on")


@contextmanager
def _impatient_sqlite() -> Iterator[None]:
    # A setting of the connection, so it is set on the connection itself: Django's cursor would cost more than it does.
    connection.ensure_connection()
    ours = connection.connection
    (before,) = ours.execute("PRAGMA busy_timeout").fetchone()
    ours.execute(f"PRAGMA busy_timeout = {LOCK_MS:d}")
    try:
        yield
    finally:
        ours.execute(f"PRAGMA busy_timeout = {int(before):d}")


def _set_for_this_transaction(*values: str) -> None:
    asked = ", ".join("set_config(%s, %s, true)" for _ in values)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", [each for pair in zip(_SETTINGS, values, strict=True) for each in pair])

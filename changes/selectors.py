"""Reading the outbox, and the clock that its readers go by."""

import time
from threading import Lock

from django.db import connection

from .models import Change, Feed


def find_feed(name: str) -> Feed | None:
    """The feed of that name, or None if it is not open."""
    return Feed.objects.filter(name=name).first()


def waiting(feed: Feed, limit: int = 500) -> list[Change]:
    """At most `limit` changes that the feed has still to hear, oldest first."""
    return list(Change.objects.filter(feed=feed).order_by("id")[:limit])


def clock() -> int:
    """The database's clock in whole microseconds since 1970; each call in this process gives a higher one.

    Read it before the objects: of two readings, the one with the higher number shows every change
    that the other was told of. All hosts that share a database share its clock.
    """
    return _ticks.after(_database_time())


def _database_time() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Not now(): that is when the transaction began, which may be before another one's changes.
            cursor.execute("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
            return int(cursor.fetchone()[0])
    # SQLite runs in this process, on this host's clock.
    return time.time_ns() // 1000


class _Ticks:
    """Makes a clock strictly increasing, though it may stand still between two calls or be set back."""

    def __init__(self) -> None:
        self._last = 0
        self._lock = Lock()

    def after(self, now: int) -> int:
        """`now`, or as little later as makes it later than every call before."""
        with self._lock:
            self._last = max(self._last + 1, now)
            return self._last


_ticks = _Ticks()

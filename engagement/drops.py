"""Events that could not be recorded: counted here until the database can be told, so that no figure hides them."""

from __future__ import annotations

import logging
import time
from collections import Counter
from datetime import date
from threading import Lock

logger = logging.getLogger(__name__)

#: A warning at most so often, whatever is dropped: a database that is away would fill the log.
WARN_EVERY_SECONDS = 60.0


class Drops:
    """How many events this process has dropped and not yet written down, by day (in London). For any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pending: Counter[date] = Counter()
        self._warned = float("-inf")

    def add(self, day: date, count: int) -> None:
        """Counts events that were dropped on that day."""
        with self._lock:
            self._pending[day] += count

    def take(self) -> Counter[date]:
        """All that are pending; they are pending no longer. What cannot be written is to be added again."""
        with self._lock:
            taken, self._pending = self._pending, Counter()
            return taken

    def pending(self) -> Counter[date]:
        """A copy of what is pending."""
        with self._lock:
            return Counter(self._pending)

    def warn(self, why: Exception) -> None:
        """Logs why an event could not be recorded, unless that was done within the last minute."""
        now = time.monotonic()
        with self._lock:
            due, self._warned = now - self._warned >= WARN_EVERY_SECONDS, max(now, self._warned)
            if not due:
                return
        logger.warning("An event could not be recorded; /health/ counts those that are lost.", exc_info=why)


drops = Drops()

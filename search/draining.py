"""The drainer: takes what changed from the outbox, and what the clock changed, and brings an index up to date."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from time import monotonic

from django.utils import timezone

from changes.models import Feed
from changes.selectors import find_feed, waiting
from changes.services import drop_silent_feeds, forget, heartbeat
from search.engines.base import Generation, IndexMissingError, IndexStore, Lock
from search.indexing import batches, touched_by_keys
from search.touching import touched_by

logger = logging.getLogger(__name__)

ROWS = 500
HEARTBEAT_SECONDS = 30.0


class RebuildDueError(Exception):
    """The index cannot be brought up to date by changes alone. The message says why."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one batch held: how many rows of the feed, and the keys of documents that were due by the clock."""

    rows: int = 0
    due: frozenset[str] = frozenset()


def apply_changes(feed: Feed, generation: Generation) -> Taken:
    """Takes one batch of a feed, and of what is due by the clock, into a generation.

    Rows are deleted only after the index has settled: whoever dies in between does the same work
    again, and no change is lost.
    """
    rows = waiting(feed, ROWS)
    due = frozenset(generation.engine.due(timezone.now(), ROWS))
    if not rows and not due:
        return Taken()
    touched = touched_by((row.model, row.object_id) for row in rows)
    by_clock = touched_by_keys(due)
    touched.opportunities |= by_clock.opportunities
    touched.partners |= by_clock.partners
    for batch in batches(touched):
        generation.write(batch)
    if touched:
        generation.settle()
    forget(row.pk for row in rows)
    return Taken(len(rows), due)


class Drainer:
    """Drains into the live generation of a store. Hold `Lock.DRAINER` around its life."""

    def __init__(self, store: IndexStore) -> None:
        self.store = store
        self._beat_at: float | None = None
        self._due: frozenset[str] = frozenset()

    def step(self) -> int:
        """Takes one batch; how many rows it held, and how many documents that were not due at the last step already.

        A document that stays due although it was made anew must not keep the drainer busy for ever.

        Raises RebuildDueError, and SearchUnavailableError when the index cannot be written now: the rows stay.
        """
        with self.store.locked(Lock.BATCH):
            # Looked for each time: a feed of that name exists only while its index has missed nothing.
            feed = find_feed(self.store.feed)
            if feed is None:
                raise RebuildDueError(
                    "No changes were kept for this index: its feed is not open, or was silent for a day."
                )
            try:
                taken = apply_changes(feed, self.store.live())
            except IndexMissingError as problem:
                raise RebuildDueError(str(problem)) from problem
            # Only now: the feed of an index that cannot be written falls silent, and is dropped after a day.
            self._beat(feed)
        fresh = len(taken.due - self._due)
        self._due = taken.due
        return taken.rows + fresh

    def drain(self) -> int:
        """Takes batches until nothing waits; how many rows and due documents there were. Raises as `step`."""
        total = 0
        while taken := self.step():
            total += taken
        return total

    def close(self) -> None:
        """Lets go of the index."""
        self.store.close()

    def _beat(self, feed: Feed) -> None:
        if self._beat_at is not None and monotonic() - self._beat_at < HEARTBEAT_SECONDS:
            return
        if not heartbeat(feed):
            raise RebuildDueError("The feed of this index was dropped, so changes are missing.")
        self._beat_at = monotonic()
        for name in drop_silent_feeds():
            logger.warning("The feed %s was silent for a day and is dropped; its index must be rebuilt.", name)

"""The drainer: takes what changed from the outbox, and what the clock changed, and brings the index up to date."""

from __future__ import annotations

import logging
from pathlib import Path
from time import monotonic

from django.utils import timezone

from changes.models import Feed
from changes.selectors import find_feed, waiting
from changes.services import drop_silent_feeds, forget, heartbeat
from search.engines.base import SearchUnavailableError
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.embedded.folder import IndexFolder
from search.engines.embedded.writer import EmbeddedWriter
from search.feeds import embedded_feed
from search.indexing import batches, touched_by_keys
from search.touching import touched_by

logger = logging.getLogger(__name__)

ROWS = 500
HEARTBEAT_SECONDS = 30.0
#: Held by the one drainer of a folder, and for each batch, so that a rebuild can swap between two.
DRAINER_LOCK, BATCH_LOCK = "drainer", "batch"


class RebuildDueError(Exception):
    """The index cannot be brought up to date by changes alone. The message says why."""


def apply_changes(feed: Feed, writer: EmbeddedWriter, engine: EmbeddedEngine) -> int:
    """Takes one batch of a feed into the index that a writer and an engine share; how many rows and documents.

    Rows are deleted only after the commit: whoever dies in between does the same work again, and
    no change is lost.
    """
    rows = waiting(feed, ROWS)
    due = engine.due(timezone.now(), ROWS)
    if not rows and not due:
        return 0
    touched = touched_by((row.model, row.object_id) for row in rows)
    by_clock = touched_by_keys(due)
    touched.opportunities |= by_clock.opportunities
    touched.partners |= by_clock.partners
    for batch in batches(touched):
        writer.add(batch.documents)
        writer.remove(batch.deleted)
    if touched:
        writer.commit()
    forget(row.pk for row in rows)
    return len(rows) + len(due)


class Drainer:
    """Drains into the live generation of a folder. Hold `DRAINER_LOCK` around its life."""

    def __init__(self, root: Path) -> None:
        self.folder = IndexFolder(root)
        self.engine = EmbeddedEngine(root)
        self.feed_name = embedded_feed(root)
        self._writer: EmbeddedWriter | None = None
        self._feed: Feed | None = None
        self._beat_at = -HEARTBEAT_SECONDS

    def step(self) -> int:
        """Takes one batch; how many rows and due documents it held. Raises RebuildDueError."""
        with self.folder.locked(BATCH_LOCK):
            feed = self._find_feed()
            writer = self._find_writer()
            try:
                return apply_changes(feed, writer, self.engine)
            except SearchUnavailableError as problem:
                raise RebuildDueError(str(problem)) from problem

    def drain(self) -> int:
        """Takes batches until nothing waits; how many rows and due documents there were. Raises RebuildDueError."""
        total = 0
        while taken := self.step():
            total += taken
        return total

    def close(self) -> None:
        """Lets go of the index."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _find_feed(self) -> Feed:
        feed = self._feed or find_feed(self.feed_name)
        if feed is None:
            raise RebuildDueError("No changes were kept for this index: its feed is not open, or was silent for a day.")
        if monotonic() - self._beat_at >= HEARTBEAT_SECONDS:
            if not heartbeat(feed):
                self._feed = None
                raise RebuildDueError("The feed of this index was dropped, so changes are missing.")
            self._beat_at = monotonic()
            for name in drop_silent_feeds():
                logger.warning("The feed %s was silent for a day and is dropped; its index must be rebuilt.", name)
        self._feed = feed
        return feed

    def _find_writer(self) -> EmbeddedWriter:
        live = self.folder.live
        if live is None or not self.folder.live_is_current:
            raise RebuildDueError("There is no index, or one that another version built.")
        if self._writer is None or self._writer.generation != live:
            self.close()
            try:
                self._writer = EmbeddedWriter(live)
            except ValueError as problem:
                raise RebuildDueError(f"The index cannot be written: {problem}.") from problem
        return self._writer

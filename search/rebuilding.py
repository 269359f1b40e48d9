"""Builds an index anew beside the live one, while changes keep flowing, and puts it in its place."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from changes.models import Feed
from changes.services import close_feed, open_feed
from search.draining import BATCH_LOCK, apply_changes
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.embedded.folder import BusyError, IndexFolder
from search.engines.embedded.writer import EmbeddedWriter
from search.feeds import embedded_feed, rebuild_feed
from search.indexing import batches, everything, expected_keys

REBUILD_LOCK = "rebuild"
#: Changes go on while index and database are compared, so a difference is looked at again before it counts.
_LOOKS = 20
_BETWEEN_LOOKS_SECONDS = 0.25


class RebuildFailedError(Exception):
    """The rebuilt index is not put in place; the live one is untouched. The message says why."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did."""

    generation: str
    documents: int
    seconds: float


def rebuild(root: Path, say: Callable[[str], None] = lambda _: None) -> Rebuilt:
    """Builds the index of a folder anew. `say` is told how far it is.

    Raises RebuildFailedError when another rebuild is under way, or the new index disagrees with the
    database.
    """
    folder = IndexFolder(root)
    begun = time.monotonic()
    try:
        with folder.locked(REBUILD_LOCK, wait=False):
            return _rebuild(folder, begun, say)
    except BusyError as busy:
        raise RebuildFailedError("Another rebuild of this index is under way. Wait for it to end.") from busy


def _rebuild(folder: IndexFolder, begun: float, say: Callable[[str], None]) -> Rebuilt:
    # What a rebuild that died left behind: half a generation and a feed that nobody reads.
    folder.prune(keep=set())
    close_feed(rebuild_feed(folder.root))
    # Both feeds open before the first object is read: a change is then in what is read, or in the feed.
    open_feed(embedded_feed(folder.root))
    feed = open_feed(rebuild_feed(folder.root))
    generation = folder.new_generation()
    writer = EmbeddedWriter(generation)
    try:
        count = _fill(writer, say)
        _catch_up_and_swap(folder, generation, writer, feed)
    except BaseException:
        shutil.rmtree(generation, ignore_errors=True)
        raise
    finally:
        close_feed(feed.name)
    return Rebuilt(generation.name, count, time.monotonic() - begun)


def _fill(writer: EmbeddedWriter, say: Callable[[str], None]) -> int:
    wanted = everything()
    count = 0
    for batch in batches(wanted):
        count += writer.add_new(batch.documents)
        say(f"{count:,} documents written, {len(wanted):,} objects to look at")
    writer.commit()
    return count


def _catch_up_and_swap(folder: IndexFolder, generation: Path, writer: EmbeddedWriter, feed: Feed) -> None:
    engine = EmbeddedEngine(folder.root, generation)
    while apply_changes(feed, writer, engine):
        pass
    # The drainer stands still from here on: what it has taken is in the rebuild's feed, too, and what it
    # has not will go into the new generation.
    with folder.locked(BATCH_LOCK):
        _agree(feed, writer, engine)
        writer.close()
        folder.put_live(generation)


def _agree(feed: Feed, writer: EmbeddedWriter, engine: EmbeddedEngine) -> None:
    """Takes in the last changes until the index holds exactly what the database shows."""
    missing: set[str] = set()
    extra: set[str] = set()
    for _ in range(_LOOKS):
        while apply_changes(feed, writer, engine):
            pass
        expected, held = expected_keys(), set(engine.signatures())
        missing, extra = expected - held, held - expected
        if not missing and not extra:
            return
        time.sleep(_BETWEEN_LOOKS_SECONDS)
    raise RebuildFailedError(
        f"The new index lacks {len(missing)} documents and has {len(extra)} too many, for example "
        f"{', '.join(sorted(missing | extra)[:5])}. The live index is untouched."
    )

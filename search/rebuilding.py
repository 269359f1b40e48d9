"""Builds an index anew beside the live one, while changes keep flowing, and puts it in its place."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from changes.models import Change, Feed
from changes.selectors import waiting
from changes.services import close_feed, open_feed
from search.draining import BATCH_LOCK, ROWS, apply_changes
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.embedded.folder import BusyError, IndexFolder
from search.engines.embedded.writer import EmbeddedWriter
from search.feeds import embedded_feed, rebuild_feed
from search.indexing import batches, everything, expected_keys

REBUILD_LOCK = "rebuild"
#: Changes go on while index and database are compared, so a difference is looked at again before it counts.
_LOOKS = 20
_MOST_ROUNDS = 100
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
    for _ in range(_MOST_ROUNDS):
        # Changes may come faster than they are taken in: nearly there is near enough.
        if apply_changes(feed, writer, engine) < ROWS // 4:
            break
    # The drainer stands still from here on: what it has taken is in the rebuild's feed, too, and what it
    # has not will go into the new generation.
    with folder.locked(BATCH_LOCK):
        _take_in_all_there_is(feed, writer, engine)
        _agree(feed, writer, engine)
        writer.close()
        folder.put_live(generation)


def _take_in_all_there_is(feed: Feed, writer: EmbeddedWriter, engine: EmbeddedEngine) -> None:
    """Takes in every change that can be seen now; those that come later are the drainer's."""
    last = Change.objects.filter(feed=feed).order_by("-pk").values_list("pk", flat=True).first()
    while last is not None and any(row.pk <= last for row in waiting(feed, 1)):
        apply_changes(feed, writer, engine)


def _agree(feed: Feed, writer: EmbeddedWriter, engine: EmbeddedEngine) -> None:
    """Compares the keys of the index with those that the database wants. Raises RebuildFailedError.

    Objects go on changing meanwhile, so only what differs at each of several looks counts.
    """
    wrong: set[str] | None = None
    for _ in range(_LOOKS):
        apply_changes(feed, writer, engine)
        differing = expected_keys() ^ set(engine.signatures())
        wrong = differing if wrong is None else wrong & differing
        if not wrong:
            return
        time.sleep(_BETWEEN_LOOKS_SECONDS)
    examples = ", ".join(sorted(wrong or ())[:5])
    raise RebuildFailedError(
        f"Index and database disagree on {len(wrong or ())} documents, for example {examples}. The live index is untouched."
    )

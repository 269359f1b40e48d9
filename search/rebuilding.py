"""Builds an index anew beside the live one, while changes keep flowing, and puts it in its place."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from changes.models import Change, Feed
from changes.selectors import waiting
from changes.services import close_feed, hand_over, open_feed
from search.draining import ROWS, apply_changes
from search.engines.base import BusyError, Generation, IndexStore, Lock, SearchUnavailableError
from search.feeds import rebuild_feed
from search.indexing import batches, everything, expected_keys

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


def rebuild(store: IndexStore, say: Callable[[str], None] = lambda _: None) -> Rebuilt:
    """Builds the index of a store anew. `say` is told how far it is.

    Raises RebuildFailedError when another rebuild is under way, or the new index disagrees with the
    database, and SearchUnavailableError when the index cannot be written now.
    """
    begun = time.monotonic()
    try:
        with store.locked(Lock.REBUILD, wait=False):
            name, count = _rebuild(store, say)
    except BusyError as busy:
        raise RebuildFailedError("Another rebuild of this index is under way. Wait for it to end.") from busy
    return Rebuilt(name, count, time.monotonic() - begun)


def _rebuild(store: IndexStore, say: Callable[[str], None]) -> tuple[str, int]:
    # What a rebuild that died left behind: half a generation and a feed that nobody reads.
    store.prune()
    name = rebuild_feed(store.feed)
    close_feed(name)
    # Opened before the first object is read: a change is then in what is read, or in the feed. The live
    # index's own feed, where there is none, opens only once the new index is live: a drainer must not take
    # an index for complete because a rebuild began and died.
    feed = open_feed(name)
    try:
        generation = store.new()
        try:
            return generation.name, _build(store, generation, feed, say)
        finally:
            generation.close()
    finally:
        close_feed(name)


def _build(store: IndexStore, generation: Generation, feed: Feed, say: Callable[[str], None]) -> int:
    with _discarded_when_it_fails(store, generation):
        count = _fill(generation, say)
        _catch_up(generation, feed)
    # The drainer stands still from here on: what it has taken is in the rebuild's feed, too, and what it
    # has not will go into the new generation.
    with store.locked(Lock.BATCH):
        with _discarded_when_it_fails(store, generation):
            _take_in_all_there_is(generation, feed)
            _agree(generation, feed)
        # When this fails the generation may be live nevertheless, so it stays until the next rebuild looks.
        store.put_live(generation)
        hand_over(feed.name, store.feed)
    return count


@contextmanager
def _discarded_when_it_fails(store: IndexStore, generation: Generation) -> Iterator[None]:
    try:
        yield
    except BaseException:
        # What cannot be discarded now is pruned by the next rebuild.
        with suppress(SearchUnavailableError):
            store.discard(generation)
        raise


def _fill(generation: Generation, say: Callable[[str], None]) -> int:
    wanted = everything()
    count = 0
    for batch in batches(wanted):
        count += generation.fill(batch)
        say(f"{count:,} documents written, {len(wanted):,} objects to look at")
    generation.settle()
    return count


def _catch_up(generation: Generation, feed: Feed) -> None:
    for _ in range(_MOST_ROUNDS):
        # Changes may come faster than they are taken in: nearly there is near enough.
        if apply_changes(feed, generation).rows < ROWS // 4:
            break


def _take_in_all_there_is(generation: Generation, feed: Feed) -> None:
    """Takes in every change that can be seen now; those that come later are the drainer's."""
    last = Change.objects.filter(feed=feed).order_by("-pk").values_list("pk", flat=True).first()
    while last is not None and any(row.pk <= last for row in waiting(feed, 1)):
        apply_changes(feed, generation)


def _agree(generation: Generation, feed: Feed) -> None:
    """Compares the keys of the index with those that the database wants. Raises RebuildFailedError.

    Objects go on changing meanwhile, so only what differs at each of several looks counts.
    """
    wrong: set[str] | None = None
    for _ in range(_LOOKS):
        apply_changes(feed, generation)
        differing = expected_keys() ^ set(generation.engine.signatures())
        wrong = differing if wrong is None else wrong & differing
        if not wrong:
            return
        time.sleep(_BETWEEN_LOOKS_SECONDS)
    examples = ", ".join(sorted(wrong or ())[:5])
    raise RebuildFailedError(
        f"Index and database disagree on {len(wrong or ())} documents, for example {examples}. The live index is untouched."
    )

"""Compares an index with the database, document by document, and mends it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.db import transaction

from changes.selectors import find_feed, waiting
from changes.services import record
from opportunities.models import Opportunity
from partners.models import Partner
from search.draining import Drainer
from search.engines.base import BusyError, IndexReader, IndexStore, Lock
from search.indexing import batches, everything, touched_by_keys


class Fault(Enum):
    """How a document differs from the database."""

    MISSING = "is missing from the index"
    EXTRA = "is in the index and should not be"
    STALE = "says something else in the index"


@dataclass(frozen=True, slots=True)
class Difference:
    """One document that differs."""

    key: str
    fault: Fault

    def __str__(self) -> str:
        return f"{self.key} {self.fault.value}"


def differences(engine: IndexReader) -> Iterator[Difference]:
    """Every difference between database and index, content included, in no order."""
    held = dict(engine.signatures())
    for batch in batches(everything()):
        for document in batch.documents:
            signature = held.pop(document.key, None)
            if signature is None:
                yield Difference(document.key, Fault.MISSING)
            elif signature != document.signature:
                yield Difference(document.key, Fault.STALE)
    for key in held:
        yield Difference(key, Fault.EXTRA)


def waiting_changes(store: IndexStore) -> int:
    """How many changes, up to 500, the index has still to take in."""
    feed = find_feed(store.feed)
    return len(waiting(feed)) if feed else 0


def repair(store: IndexStore, found: list[Difference], patience_seconds: float = 60.0) -> None:
    """Has everything that differs made anew: by the drainer where one runs, else here.

    What is read now has a higher version than whatever the index holds, so it wins. Raises
    RebuildDueError when changes cannot mend it, SearchUnavailableError when the index cannot be
    written now, and TimeoutError when a drainer that runs does not take them.
    """
    touched = touched_by_keys(difference.key for difference in found)
    with transaction.atomic():
        record(Opportunity, sorted(touched.opportunities))
        record(Partner, sorted(touched.partners))
    try:
        with store.locked(Lock.DRAINER, wait=False):
            try:
                Drainer(store).drain()
            finally:
                store.close()
    except BusyError:
        _wait_for_drainer(store, patience_seconds)


def _wait_for_drainer(store: IndexStore, patience_seconds: float) -> None:
    until = time.monotonic() + patience_seconds
    while waiting_changes(store):
        if time.monotonic() > until:
            raise TimeoutError("The drainer that runs does not take changes. Look at its log, or start it again.")
        time.sleep(0.2)

"""An index store in memory, which counts versions, and fails when it is told to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from threading import Lock as ThreadLock

from search.document import Batch, Document, moment
from search.engines.base import (
    BusyError,
    Generation,
    IndexMissingError,
    Lock,
    SearchUnavailableError,
)


class MemoryEngine:
    """Reads the settled documents of one generation, or of whichever is live."""

    def __init__(self, store: MemoryStore, generation: MemoryGeneration | None = None) -> None:
        self.store = store
        self._fixed = generation

    def documents(self) -> dict[str, Document]:
        """What can be seen."""
        return {key: document for key, (_, document) in self._read().settled.items() if document is not None}

    def due(self, now: datetime, limit: int) -> list[str]:
        past = moment(now)
        found = [key for key, each in self.documents().items() if int(str(each.values["next_change_at"])) <= past]
        return found[:limit]

    def signatures(self) -> Mapping[str, int]:
        return {key: document.signature for key, document in self.documents().items()}

    def _read(self) -> MemoryGeneration:
        self.store.ask("read")
        found = self._fixed or self.store.current
        if found is None:
            raise IndexMissingError("There is no index in memory.")
        return found


class MemoryGeneration:
    """Documents with versions, the deleted ones among them, and what is not settled yet."""

    def __init__(self, store: MemoryStore, name: str) -> None:
        self.name = name
        self.store = store
        self.settled: dict[str, tuple[int, Document | None]] = {}
        self._pending: list[tuple[str, int, Document | None]] = []

    @property
    def engine(self) -> MemoryEngine:
        return MemoryEngine(self.store, self)

    def fill(self, batch: Batch) -> int:
        self.store.ask("fill")
        self._pending += [(each.key, batch.version, each) for each in batch.documents]
        return len(batch.documents)

    def write(self, batch: Batch) -> None:
        self.store.ask("write")
        self._pending += [(each.key, batch.version, each) for each in batch.documents]
        self._pending += [(key, batch.version, None) for key in batch.deleted]

    def settle(self) -> None:
        self.store.ask("settle")
        for key, version, document in self._pending:
            if version > self.settled.get(key, (0, None))[0]:
                self.settled[key] = (version, document)
        self._pending.clear()

    def close(self) -> None:
        pass


class MemoryStore:
    """Several hosts may share it, as they share a cluster.

    It is `down` as a whole, or fails at the named steps: read, fill, write, settle, new, put_live, discard.
    """

    shared = True

    def __init__(self, name: str = "memory") -> None:
        self.name = name
        self.feed = f"{name}:test"
        self.down = False
        self.failing: set[str] = set()
        self.generations: dict[str, MemoryGeneration] = {}
        self.current: MemoryGeneration | None = None
        self._numbers = count(1)
        self._locks = {lock: ThreadLock() for lock in Lock}

    @property
    def engine(self) -> MemoryEngine:
        return MemoryEngine(self)

    def ask(self, step: str) -> None:
        """Raises SearchUnavailableError when it is down, or fails at this step."""
        if self.down or step in self.failing:
            raise SearchUnavailableError(f"The memory cannot {step} now.")

    def live(self) -> Generation:
        self.ask("live")
        if self.current is None:
            raise IndexMissingError("There is no index in memory.")
        return self.current

    def new(self) -> Generation:
        self.ask("new")
        made = MemoryGeneration(self, f"generation-{next(self._numbers)}")
        self.generations[made.name] = made
        return made

    def put_live(self, generation: Generation) -> None:
        self.ask("put_live")
        self.current = self.generations[generation.name]
        self.prune()

    def discard(self, generation: Generation) -> None:
        self.ask("discard")
        del self.generations[generation.name]

    def prune(self) -> None:
        self.ask("prune")
        self.generations = {name: each for name, each in self.generations.items() if each is self.current}

    @contextmanager
    def locked(self, lock: Lock, *, wait: bool = True) -> Iterator[None]:
        if not self._locks[lock].acquire(blocking=wait):
            raise BusyError(f"{lock.value} is held.")
        try:
            yield
        finally:
            self._locks[lock].release()

    def close(self) -> None:
        pass

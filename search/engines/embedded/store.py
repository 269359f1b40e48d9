"""The embedded index as a store: generations in a folder, each held by a writer while it is written."""

from __future__ import annotations

import shutil
from contextlib import AbstractContextManager
from pathlib import Path

from search.document import Batch
from search.engines.base import Generation, IndexMissingError, Lock, SearchUnavailableError
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.embedded.folder import IndexFolder
from search.engines.embedded.writer import EmbeddedWriter
from search.engines.locks import file_lock
from search.feeds import embedded_feed


class EmbeddedGeneration:
    """One generation of a folder, with the one writer that it can have. Raises ValueError when another holds it."""

    def __init__(self, root: Path, path: Path) -> None:
        self.path = path
        self.name = path.name
        self.engine = EmbeddedEngine(root, path)
        self._writer: EmbeddedWriter | None = EmbeddedWriter(path)

    @property
    def usable(self) -> bool:
        """Whether it can be written: it is neither closed nor was a write refused."""
        return self._writer is not None and not self._writer.broken

    def fill(self, batch: Batch) -> int:
        """Adds documents that it does not hold yet; how many there were."""
        return self._open().add_new(batch.documents)

    def write(self, batch: Batch) -> None:
        """Replaces documents and removes what is deleted.

        Versions play no part: whoever writes reads and writes one batch after another.
        """
        writer = self._open()
        writer.add(batch.documents)
        writer.remove(batch.deleted)

    def settle(self) -> None:
        """Makes all that was written visible and lasting."""
        self._open().commit()

    def close(self) -> None:
        """Lets go of it. What was not settled is lost."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _open(self) -> EmbeddedWriter:
        if self._writer is None:
            raise SearchUnavailableError(f"The generation {self.name} was closed.")
        return self._writer


class EmbeddedStore:
    """The generations in one folder, which belongs to one host."""

    name = "embedded"
    shared = False

    def __init__(self, root: Path) -> None:
        self.folder = IndexFolder(root)
        self.feed = embedded_feed(root)
        self.engine = EmbeddedEngine(root)
        self._live: EmbeddedGeneration | None = None

    def live(self) -> EmbeddedGeneration:
        """The live generation, held for writing until another one is live. Raises IndexMissingError."""
        path = self.folder.live
        if path is None or not self.folder.live_is_current:
            raise IndexMissingError("There is no index, or one that another version built.")
        if self._live is None or self._live.path != path or not self._live.usable:
            self.close()
            try:
                self._live = EmbeddedGeneration(self.folder.root, path)
            except (ValueError, OSError) as problem:
                raise IndexMissingError(f"The index cannot be written: {problem}.") from problem
        return self._live

    def new(self) -> EmbeddedGeneration:
        """An empty generation beside the live one."""
        try:
            return EmbeddedGeneration(self.folder.root, self.folder.new_generation())
        except (ValueError, OSError) as problem:
            raise SearchUnavailableError(f"No index can be made in {self.folder.root}: {problem}.") from problem

    def put_live(self, generation: Generation) -> None:
        """Lets go of a generation and makes it the live one; the last one stays for those who are reading it."""
        generation.close()
        try:
            self.folder.put_live(self.folder.root / generation.name)
        except OSError as problem:
            raise SearchUnavailableError(f"The new index cannot be put in place: {problem}.") from problem

    def discard(self, generation: Generation) -> None:
        """Drops a generation that did not become the live one."""
        generation.close()
        shutil.rmtree(self.folder.root / generation.name, ignore_errors=True)

    def prune(self) -> None:
        """Drops every generation but the live one. Hold `Lock.REBUILD`."""
        self.folder.prune(keep=set())

    def locked(self, lock: Lock, *, wait: bool = True) -> AbstractContextManager[None]:
        """Holds a lock of the folder among the processes of this host."""
        return file_lock(self.folder.root / f"{lock.value}.lock", wait=wait)

    def close(self) -> None:
        """Lets go of the index."""
        if self._live is not None:
            self._live.close()
            self._live = None

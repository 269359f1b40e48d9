"""Reading the live generation: opened in the process that reads, and opened again when it changed."""

import os
import threading
from dataclasses import dataclass
from pathlib import Path

import tantivy

from search.engines.base import IndexMissingError
from search.engines.embedded.folder import IndexFolder, is_current
from search.engines.embedded.schema import build_schema

HOW_TO_BUILD = "Run `manage.py rebuild_index`."


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The index as it was at one commit."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    version: tuple[str, int]


@dataclass(slots=True)
class _Opened:
    index: tantivy.Index
    snapshot: Snapshot
    process: int


class Reader:
    """Gives the newest snapshot of the live generation, safe for threads and forks.

    With a generation it reads that one, live or not. A reader opened before a fork never hears of commits, so each process opens its own.
    """

    def __init__(self, folder: IndexFolder, generation: Path | None = None) -> None:
        self.folder = folder
        self._fixed = generation
        self._opened: _Opened | None = None
        self._lock = threading.Lock()

    def snapshot(self) -> Snapshot:
        """The index as of its last commit. Raises IndexMissingError when there is none that can be read."""
        live = self._fixed or self.folder.live
        if live is None:
            raise IndexMissingError(f"There is no search index in {self.folder.root}. {HOW_TO_BUILD}")
        if not is_current(live):
            raise IndexMissingError(f"The search index was built by another version. {HOW_TO_BUILD}")
        try:
            version = (live.name, (live / "meta.json").stat().st_mtime_ns)
        except OSError as problem:
            raise IndexMissingError(f"The search index cannot be read: {problem}. {HOW_TO_BUILD}") from problem
        opened = self._opened
        if opened is not None and opened.process == os.getpid() and opened.snapshot.version == version:
            return opened.snapshot
        with self._lock:
            return self._open(live, version)

    def _open(self, live: Path, version: tuple[str, int]) -> Snapshot:
        opened = self._opened
        try:
            if opened is None or opened.process != os.getpid() or opened.snapshot.version[0] != version[0]:
                index = tantivy.Index(build_schema(), path=str(live))
                index.config_reader("manual")
            else:
                index = opened.index
            index.reload()
            snapshot = Snapshot(index.searcher(), index.schema, version)
        except (ValueError, OSError) as problem:
            raise IndexMissingError(f"The search index cannot be opened: {problem}. {HOW_TO_BUILD}") from problem
        self._opened = _Opened(index, snapshot, os.getpid())
        return snapshot

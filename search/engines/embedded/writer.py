"""Writing one generation. tantivy lets one writer hold it at a time; the lock ends with the process."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import tantivy

from search.document import Document
from search.engines.base import SearchUnavailableError
from search.engines.embedded.schema import build_schema, to_tantivy

HEAP_BYTES = 64_000_000


class EmbeddedWriter:
    """Holds a generation for writing. Raises ValueError when another writer holds it.

    A write that the disk refuses raises SearchUnavailableError, and the writer is `broken` from then on.
    """

    def __init__(self, generation: Path, threads: int = 1) -> None:
        self.generation = generation
        self.broken = False
        self._index = tantivy.Index(build_schema(), path=str(generation))
        self._writer = self._index.writer(HEAP_BYTES, threads)

    def add(self, documents: Iterable[Document]) -> int:
        """Replaces documents, not yet to be seen; how many there were."""
        count = 0
        for document in documents:
            converted = to_tantivy(document)
            with self._writing():
                self._writer.delete_documents_by_term("key", document.key)
                self._writer.add_document(converted)
            count += 1
        return count

    def add_new(self, documents: Iterable[Document]) -> int:
        """Adds documents that the generation does not hold yet; how many there were."""
        count = 0
        for document in documents:
            converted = to_tantivy(document)
            with self._writing():
                self._writer.add_document(converted)
            count += 1
        return count

    def remove(self, keys: Iterable[str]) -> None:
        """Removes documents, not yet to be seen."""
        for key in keys:
            with self._writing():
                self._writer.delete_documents_by_term("key", key)

    def commit(self) -> None:
        """Makes all that was written visible at once, and lasting."""
        with self._writing():
            self._writer.commit()

    def write(self, documents: Iterable[Document], deleted: Iterable[str]) -> None:
        """Replaces documents and removes deleted keys, all visible at once when it returns."""
        self.add(documents)
        self.remove(deleted)
        self.commit()

    def close(self) -> None:
        """Lets go of the generation, when merging has ended. What was not committed is lost."""
        # A writer that broke has nothing to take back, and says so.
        with suppress(ValueError, OSError):
            self._writer.rollback()
        with suppress(ValueError, OSError):
            self._writer.wait_merging_threads()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, OSError) as problem:
            self.broken = True
            message = f"The search index in {self.generation} cannot be written: {problem}."
            raise SearchUnavailableError(message) from problem

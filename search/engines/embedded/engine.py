"""The embedded engine: answers requests from the live generation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import tantivy

from search.document import DocumentType, moment
from search.engines.base import Answer, Health, Request, SearchUnavailableError, Suggestion
from search.engines.embedded import paging
from search.engines.embedded.facets import CountCache
from search.engines.embedded.folder import IndexFolder
from search.engines.embedded.reader import Reader, Snapshot
from search.engines.embedded.render import render
from search.engines.embedded.searching import Search, read_card
from search.engines.plan import completions
from search.engines.tree import Between, Term


class EmbeddedEngine:
    """Searches the index in a folder: its live generation, or one that is given."""

    name = "embedded"

    def __init__(self, root: Path, generation: Path | None = None) -> None:
        self.folder = IndexFolder(root)
        self._reader = Reader(self.folder, generation)
        self._counts = CountCache()
        self._outcodes: tuple[tuple[str, int], frozenset[str]] | None = None

    def search(self, request: Request) -> Answer:
        """The page of hits asked for, with exact totals and facet counts."""
        return self._asked(request).answer()

    def count(self, request: Request) -> int:
        """The total alone."""
        return self._asked(request).total()

    def suggest(self, typed: str, now: datetime, limit: int = 8) -> tuple[Suggestion, ...]:
        """Opportunities and partners whose names have words that begin as the typed ones, soonest first."""
        asked = completions(typed, now, limit)
        if not asked:
            return ()
        snapshot = self._reader.snapshot()
        found = []
        for kind, node, most in asked:
            query = render(node, snapshot.schema)
            for _, address in paging.by_key(snapshot.searcher, query, "rank_key", 0, most):
                card = read_card(snapshot.searcher, address)
                found.append(Suggestion(kind, card.title, card.url))
        return tuple(found[:limit])

    def snapshot(self) -> Snapshot:
        """The index as of its last commit. Raises IndexMissingError when there is none."""
        return self._reader.snapshot()

    def generation(self) -> str:
        """The name of the live generation."""
        return self._reader.snapshot().version[0]

    def words(self) -> Mapping[str, int]:
        """Every word of the index, unstemmed, with the number of documents that hold it."""
        return dict(self._reader.snapshot().searcher.terms_with_prefix("words", ""))

    def due(self, now: datetime, limit: int) -> list[str]:
        """Keys of documents that the clock has changed: their `next_change_at` has passed."""
        snapshot = self._reader.snapshot()
        query = render(Between("next_change_at", high=moment(now)), snapshot.schema)
        found = paging.by_key(snapshot.searcher, query, "next_change_at", 0, limit)
        return [self._key(snapshot.searcher, address) for _, address in found]

    def signatures(self) -> Mapping[str, int]:
        """The signature of every document by its key."""
        snapshot = self._reader.snapshot()
        found: dict[str, int] = {}
        for kind in DocumentType:
            query = render(Term("type", kind.value), snapshot.schema)
            count = max(snapshot.searcher.num_docs, 1)
            addresses = [address for _, address in paging.by_key(snapshot.searcher, query, "id", 0, count)]
            ids = snapshot.searcher.fast_field_values("id", addresses)
            signatures = snapshot.searcher.fast_field_values("signature", addresses)
            for pk, signature in zip(ids, signatures, strict=True):
                found[kind.key(int(pk or 0))] = int(signature or 0)
        return found

    def health(self) -> Health:
        """Whether it can answer; raises nothing."""
        try:
            count = self._reader.snapshot().searcher.num_docs
        except SearchUnavailableError as problem:
            return Health(ok=False, message=str(problem), engine=self.name)
        return Health(ok=True, message="The embedded index answers.", documents=count, engine=self.name)

    def _asked(self, request: Request) -> Search:
        snapshot = self._reader.snapshot()
        known = self._known_outcodes(snapshot) if request.distances else frozenset()
        return Search(snapshot, request, known, self._counts)

    def _known_outcodes(self, snapshot: Snapshot) -> frozenset[str]:
        known = self._outcodes
        if known is None or known[0] != snapshot.version:
            codes = frozenset(code for code, _ in snapshot.searcher.terms_with_prefix("outcode", ""))
            known = self._outcodes = (snapshot.version, codes)
        return known[1]

    @staticmethod
    def _key(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> str:
        return str(searcher.doc(address).get_first("key"))

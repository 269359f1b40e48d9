"""One search of one snapshot: which hits, in which order, how many, and the counts of the facets."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

import tantivy

from search.criteria import PAGE_SIZE, Sort
from search.engines.base import Answer, Match, Request
from search.engines.embedded import paging
from search.engines.embedded.facets import count_values, facet_queries
from search.engines.embedded.reader import Snapshot
from search.engines.embedded.render import render
from search.engines.enough import Enough, find_enough, is_wanted
from search.engines.plan import (
    OPPORTUNITIES,
    Tier,
    clause_node,
    hidden,
    matching,
    matching_enough,
    other_filters,
    selected,
    tiers,
)
from search.engines.tree import All, Node, OneOf, Term
from search.results import Card

_SORT_KEYS = {Sort.SOONEST: "rank_key", Sort.NEWEST: "newest_key"}


def read_card(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Card:
    """The card of a document."""
    stored: bytes = searcher.doc(address)["card"][0]
    return Card.from_json(stored)


class Search:
    """Answers one request from one snapshot. `outcodes` are those that documents hold, where a place was asked for."""

    def __init__(self, snapshot: Snapshot, request: Request, outcodes: Collection[str]) -> None:
        self.searcher = snapshot.searcher
        self.schema = snapshot.schema
        self.request = request
        self.query = request.query
        self.never = (hidden(request.now),)
        self.filters = other_filters(request, outcodes)
        self.selections = {name: selected(name, values) for name, values in request.criteria.selections.items()}

    def answer(self) -> Answer:
        """The page of hits, exact totals and facet counts."""
        found = matching(self.query)
        either = matching_enough(self.query, self.enough) if self.enough else found
        exact_total = self._count(self._narrowed(found))
        total = self._count(self._narrowed(either)) if self.enough else exact_total
        counts: dict[str, dict[str, int]] = {}
        for node, names in facet_queries(either, self.filters, self.never, self.selections):
            counts.update(count_values(self.searcher, render(node, self.schema), names))
        matches = self._page() if total else ()
        return Answer(matches, total, exact_total, counts)

    @cached_property
    def enough(self) -> Enough | None:
        """What is enough of the words, decided by the text alone; None where only all of them will do."""
        clauses = self.query.clauses
        # Counting costs something, so it is done only for texts that are long enough.
        if not is_wanted(len(clauses), 0) or not is_wanted(len(clauses), self._visible(matching(self.query))):
            return None
        holding = [self._visible(clause_node(clause, adjacent=True)) for clause in clauses]
        return find_enough(holding, self._visible(OPPORTUNITIES))

    def _page(self) -> tuple[Match, ...]:
        offset, wanted = self.request.criteria.offset, PAGE_SIZE
        matches: list[Match] = []
        ranked = tiers(self.query, self.enough)
        for tier in ranked:
            node = self._narrowed(tier.node)
            hits = self._hits(node, tier, offset, wanted - len(matches))
            matches.extend(self._match(score, address, tier) for score, address in hits)
            if len(matches) >= wanted or tier is ranked[-1]:
                break
            # How many of the hits to skip lie in this tier is known only by counting it.
            offset = 0 if hits else max(offset - self._count(node), 0)
        return tuple(matches)

    def _hits(self, node: All, tier: Tier, offset: int, limit: int) -> list[paging.Scored]:
        sort = self.request.criteria.sort
        query = render(node, self.schema)
        if sort is Sort.NEAREST and self.request.distances:
            return self._nearest(node, query, offset, limit)
        if sort is Sort.RELEVANCE and tier.scored:
            return paging.by_score(self.searcher, query, offset, limit)
        return paging.by_key(self.searcher, query, _SORT_KEYS.get(sort, "rank_key"), offset, limit)

    def _nearest(self, node: All, query: tantivy.Query, offset: int, limit: int) -> list[paging.Scored]:
        counts = count_values(self.searcher, query, ("outcode",))["outcode"]
        elsewhere = self._count(node) - sum(counts.values())

        def fetch(codes: tuple[str, ...], start: int, size: int) -> list[paging.Scored]:
            terms = tuple(Term("outcode", code) for code in codes or counts)
            ring = All(filters=(node, OneOf(terms))) if codes else All(filters=(node,), never=terms)
            return paging.by_key(self.searcher, render(ring, self.schema), "rank_key", start, size)

        return paging.by_distance(counts, self.request.distances, elsewhere, fetch, offset, limit)

    def _match(self, score: float, address: tantivy.DocAddress, tier: Tier) -> Match:
        card = read_card(self.searcher, address)
        return Match(card, score, tier.enough_only, tier.adjacent_years)

    def _narrowed(self, node: Node) -> All:
        """The node under everything that the criteria ask for."""
        return All(must=(node,), filters=(*self.filters, *self.selections.values()), never=self.never)

    def _visible(self, node: Node) -> int:
        return self._count(All(filters=(node,), never=self.never))

    def _count(self, node: Node) -> int:
        # tantivy panics on a limit of nothing, so one hit is fetched.
        found = self.searcher.search(render(node, self.schema), limit=1, count=True)
        return int(found.count)  # type: ignore[attr-defined]  # missing in tantivy's stub

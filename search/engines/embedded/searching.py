"""One search of one snapshot: which hits, in which order, how many, and the counts of the facets."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property, partial

import tantivy
from tantivy import Order

from search.criteria import PAGE_SIZE, Sort
from search.document import NEVER, OPEN, moment
from search.engines.base import Answer, Match, Request
from search.engines.embedded import paging
from search.engines.embedded.facets import CountCache, Counts, Hiding, count_values, facet_queries
from search.engines.embedded.parallel import Task
from search.engines.embedded.reader import Snapshot
from search.engines.embedded.render import render
from search.engines.enough import Enough, find_enough, is_wanted
from search.engines.plan import (
    OPPORTUNITIES,
    Tier,
    clause_match,
    hidden,
    matching,
    matching_enough,
    near,
    order_key,
    other_filters,
    selected,
    tiers,
    with_places,
    within_reach,
)
from search.engines.rings import ring_slices
from search.engines.tree import All, Between, Node, OneOf, Term
from search.results import Card


def read_card(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Card:
    """The card of a document."""
    stored: bytes = searcher.doc(address)["card"][0]
    return Card.from_json(stored)


class Search:
    """Answers one request from one snapshot. `outcodes` are those that documents hold, where a place was asked for."""

    def __init__(self, snapshot: Snapshot, request: Request, outcodes: Collection[str], cache: CountCache) -> None:
        self.searcher = snapshot.searcher
        self.schema = snapshot.schema
        self.version = snapshot.version
        self.cache = cache
        self.request = request
        self.query = request.query
        self.hiding = cache.hiding(self.version, moment(request.now), self._hiding)
        # Where nothing is hidden there is nothing to look through for it.
        self.never = (hidden(request.now),) if self.hiding.some_hidden else ()
        self.reach = within_reach(request, outcodes)
        self.filters = other_filters(request)
        self.selections = {name: selected(name, values) for name, values in request.criteria.selections.items()}

    def answer(self) -> Answer:
        """The page of hits, exact totals and facet counts."""
        counts, page = self._remembered(), None
        if counts is None:
            either = self._either()
            if not self.request.criteria.offset:
                page = Task(self._page)
            counts = self._counts(either)
            self.cache.put(self.version, self._key, counts)
        matches = page.answer() if page else self._page_of(counts.total)
        return Answer(matches, counts.total, counts.exact_total, counts.by_facet, counts.open_total, "embedded")

    def total(self) -> int:
        """How many there are."""
        counts = self._remembered()
        return counts.total if counts is not None else self._count(self._narrowed(self._either()))

    @cached_property
    def _key(self) -> str:
        return repr((self.request.criteria.count_key(), self.query))

    def _remembered(self) -> Counts | None:
        return self.cache.get(self.version, self._key, moment(self.request.now))

    def _either(self) -> Node:
        """All words, or enough of them."""
        return matching_enough(self.query, self.enough) if self.enough else matching(self.query)

    def _counts(self, either: Node) -> Counts:
        asked = facet_queries(either, self._filters(), self.never, self.selections)
        first, *others = [partial(self._values, node, names) for node, names in asked]
        tasks = [Task(each) for each in others]
        by_facet = first()
        # A helper is least likely to have come to the last ones.
        for task in reversed(tasks):
            by_facet.update(task.answer())
        total = sum(by_facet.pop("type").values())
        open_total = self._open_total(by_facet.pop("traits").get(OPEN, 0))
        exact_total = self._count(self._narrowed(matching(self.query))) if self.enough else total
        return Counts(total, exact_total, open_total, by_facet, self.hiding.until)

    def _values(self, node: Node, names: tuple[str, ...]) -> dict[str, dict[str, int]]:
        return count_values(self.searcher, render(node, self.schema), names)

    def _open_total(self, on_any_day: int) -> int:
        """How many have open places in the dates asked for; `on_any_day` have some, and are those where none are asked for."""
        criteria = self.request.criteria
        if criteria.open_only or not (criteria.date_from or criteria.date_to):
            return on_any_day
        within = (*self._filters(), *self.selections.values(), *with_places(self.request))
        return self._count(All(filters=(self._either(), *within), never=self.never))

    def _hiding(self) -> Hiding:
        """What the clock has hidden and when it next hides a document."""
        now = moment(self.request.now)
        later = render(Between("visible_until", low=now + 1), self.schema)
        first = self.searcher.search(later, limit=1, count=False, order_by_field="visible_until", order=Order.Asc)
        until = int(first.hits[0][0]) if first.hits else NEVER
        return Hiding(now, until, some_hidden=self._count(hidden(self.request.now)) > 0)

    @cached_property
    def enough(self) -> Enough | None:
        """What is enough of the words, decided by the text alone; None where only all of them will do."""
        clauses = self.query.clauses
        # Counting costs something, so it is done only for texts that are long enough.
        if not is_wanted(len(clauses), 0) or not is_wanted(len(clauses), self._visible(matching(self.query))):
            return None
        holding = [self._visible(clause_match(clause)) for clause in clauses]
        return find_enough(holding, self._visible(OPPORTUNITIES))

    def _page_of(self, total: int) -> tuple[Match, ...]:
        return self._page() if total > self.request.criteria.offset else ()

    def _page(self) -> tuple[Match, ...]:
        offset, wanted = self.request.criteria.offset, PAGE_SIZE
        matches: list[Match] = []
        ranked = tiers(self.query, self.enough)
        for tier in ranked:
            hits = self._hits(tier, offset, wanted - len(matches))
            matches.extend(self._match(score, address, tier) for score, address in hits)
            if len(matches) >= wanted or tier is ranked[-1]:
                break
            # How many of the hits to skip lie in this tier is known only by counting it.
            offset = 0 if hits or not offset else max(offset - self._count(self._narrowed(tier.node)), 0)
        return tuple(matches)

    def _hits(self, tier: Tier, offset: int, limit: int) -> list[paging.Scored]:
        sort = self.request.criteria.sort
        if sort is Sort.NEAREST and self.request.distances:
            return self._nearest(tier.node, offset, limit)
        query = render(self._narrowed(tier.node), self.schema)
        if sort is Sort.RELEVANCE and tier.scored:
            return paging.by_score(self.searcher, query, offset, limit)
        return paging.by_key(self.searcher, query, order_key(sort), offset, limit)

    def _nearest(self, node: Node, offset: int, limit: int) -> list[paging.Scored]:
        everywhere = render(self._narrowed(node), self.schema)
        counted = count_values(self.searcher, everywhere, ("outcode", "type"))
        counts = counted["outcode"]
        elsewhere = sum(counted["type"].values()) - sum(counts.values())
        inside = set(counts if self.reach is None else self.reach)

        found: list[paging.Scored] = []
        for part in ring_slices(counts, self.request.distances, elsewhere, offset, limit):
            if not part.codes:
                # Hits that are nowhere.
                ring = All(filters=(self._narrowed(node),), never=tuple(Term("outcode", code) for code in counts))
            else:
                # Within the radius, being there says enough.
                reached = inside >= set(part.codes)
                there = OneOf(tuple(Term("outcode", code) for code in part.codes))
                ring = All(filters=(self._narrowed(node, reached=reached), there))
            query = render(ring, self.schema)
            found.extend(paging.by_key(self.searcher, query, "rank_key", part.start, part.limit))
        return found

    def _match(self, score: float, address: tantivy.DocAddress, tier: Tier) -> Match:
        card = read_card(self.searcher, address)
        return Match(card, score, tier.enough_only, tier.adjacent_years)

    def _filters(self, *, reached: bool = False) -> tuple[Node, ...]:
        if self.reach is None or reached:
            return self.filters
        return (*self.filters, near(self.reach))

    def _narrowed(self, node: Node, *, reached: bool = False) -> All:
        """The node under everything that the criteria ask for; `reached` when it is known to be near enough."""
        filters = (*self._filters(reached=reached), *self.selections.values())
        return All(must=(node,), filters=filters, never=self.never)

    def _visible(self, node: Node) -> int:
        return self._count(All(filters=(node,), never=self.never))

    def _count(self, node: Node) -> int:
        # tantivy panics on a limit of nothing, so one hit is fetched.
        found = self.searcher.search(render(node, self.schema), limit=1, count=True)
        return int(found.count)  # type: ignore[attr-defined]  # missing in tantivy's stub

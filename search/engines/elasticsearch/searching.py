"""One search: which hits, in which order, how many, and the counts of the facets.

Hits and all facets come in one request. More are needed where the answer decides what to ask next:
a page that runs over into the next tier, hits by distance, and texts of which hardly anything holds
all words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zlib import crc32

from elasticsearch.dsl import Search as DslSearch

from search.criteria import PAGE_SIZE, Sort
from search.engines.base import Answer, Match, Request
from search.engines.elasticsearch.aggregating import Counted, TierCount, add_counts, read_counts, tier_filters
from search.engines.elasticsearch.cluster import Cluster
from search.engines.elasticsearch.render import scored, unscored
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
from search.engines.rings import RingSlice, ring_slices
from search.engines.tree import All, Node, OneOf, Term, Worth
from search.results import Card

Body = dict[str, Any]


class Search:
    """Answers one request from one index (or what an alias points at)."""

    def __init__(self, cluster: Cluster, index: str, request: Request) -> None:
        self.cluster = cluster
        self.index = index
        self.request = request
        self.query = request.query
        self.criteria = request.criteria
        self.never = (hidden(request.now),)
        reach = within_reach(request, request.distances)
        self.filters = other_filters(request) + (() if reach is None else (near(reach),))
        self.selections = {name: selected(name, values) for name, values in self.criteria.selections.items()}
        self.by_distance = self.criteria.sort is Sort.NEAREST and bool(request.distances)

    def answer(self) -> Answer:
        """The page of hits, exact totals and facet counts."""
        ranked = tiers(self.query, None)
        bodies = [self._first(ranked)]
        # The next tier's hits come along where the page may run over into it.
        along = len(ranked) > 1 and self.criteria.page == 1 and not self.by_distance
        if along:
            bodies.append(self._page(ranked[1], 0, PAGE_SIZE))
        if self._may_want_enough:
            bodies.append(self._count_body(matching(self.query)))
        answers = self._ask(bodies)
        counted = read_counts(answers[0], self.selections, len(ranked))
        ready = [answers[0], answers[1] if along else None, *[None] * len(ranked)]
        matches = self._matches(ranked, counted.tiers, ready)
        if self._may_want_enough and (enough := self._enough(_total(answers[-1]))):
            return self._answer_with_enough(enough, counted, matches)
        return self._answer(matches, counted, counted.total)

    def total(self) -> int:
        """How many there are."""
        bodies = [self._count_body(self._narrowed(matching(self.query)))]
        if self._may_want_enough:
            bodies.append(self._count_body(matching(self.query)))
        answers = self._ask(bodies)
        if self._may_want_enough and (enough := self._enough(_total(answers[1]))):
            return _total(self._ask([self._count_body(self._narrowed(matching_enough(self.query, enough)))])[0])
        return _total(answers[0])

    @property
    def _may_want_enough(self) -> bool:
        return is_wanted(len(self.query.clauses), 0)

    def _enough(self, full_matches: int) -> Enough | None:
        """What is enough of the words, decided by the text alone; None where only all of them will do."""
        clauses = self.query.clauses
        if not is_wanted(len(clauses), full_matches):
            return None
        asked = [OPPORTUNITIES, *(clause_match(clause) for clause in clauses)]
        documents, *holding = map(_total, self._ask([self._count_body(node) for node in asked]))
        return find_enough(holding, documents)

    def _answer_with_enough(self, enough: Enough, exact: Counted, matches: list[Match]) -> Answer:
        """Those that match enough of the words after those that match all: counted together, in one request more."""
        tier = tiers(self.query, enough)[-1]
        body = self._first([tier], offset=max(self.criteria.offset - exact.total, 0), limit=PAGE_SIZE - len(matches))
        answered = self._ask([body])[0]
        counted = read_counts(answered, self.selections, 1)
        if len(matches) < PAGE_SIZE:
            last = counted.tiers[0]
            # Without distances the query's documents are not counted by tier: the total holds those with all words.
            held = last if self.by_distance else TierCount(counted.total - exact.total)
            offset = max(self.criteria.offset - exact.total, 0)
            matches.extend(self._of_tier(tier, held, offset, PAGE_SIZE - len(matches), answered))
        return self._answer(matches, counted, exact.total)

    @staticmethod
    def _answer(matches: Sequence[Match], counted: Counted, exact_total: int) -> Answer:
        return Answer(tuple(matches), counted.total, exact_total, counted.facets, counted.open_total, "elasticsearch")

    def _matches(self, ranked: Sequence[Tier], counts: Sequence[TierCount], ready: Sequence[Any]) -> list[Match]:
        """The page's hits, tier after tier."""
        offset = self.criteria.offset
        found: list[Match] = []
        for tier, count, answered in zip(ranked, counts, ready, strict=False):
            found.extend(self._of_tier(tier, count, offset, PAGE_SIZE - len(found), answered))
            offset = max(offset - count.total, 0)
        return found

    def _of_tier(self, tier: Tier, count: TierCount, offset: int, limit: int, answered: Any) -> list[Match]:
        """Hits of one tier; `answered` is an answer that holds them from the offset on, if there is one."""
        if limit <= 0 or offset >= count.total:
            return []
        if self.by_distance:
            slices = ring_slices(count.by_outcode, self.request.distances, count.elsewhere, offset, limit)
            answered = self._ask([self._ring_page(tier, slices, count)])[0]
        elif answered is None:
            answered = self._ask([self._page(tier, offset, limit)])[0]
        hits = answered["hits"]["hits"][:limit]
        return [self._match(hit, tier) for hit in hits]

    def _match(self, hit: Body, tier: Tier) -> Match:
        score = 0.0 if self.by_distance else float(hit.get("_score") or 0.0)
        return Match(Card.from_json(hit["fields"]["card"][0]), score, tier.enough_only, tier.adjacent_years)

    def _first(self, ranked: Sequence[Tier], offset: int | None = None, limit: int = PAGE_SIZE) -> Body:
        """The request that counts everything, and finds the first tier's hits."""
        first = ranked[0]
        asked = DslSearch().query(scored(self._among(first.scoring)))
        add_counts(asked, self.selections, with_places(self.request), ranked, by_outcode=self.by_distance)
        return self._body(
            asked,
            (*self.selections.values(), *tier_filters(first)),
            self._order(first),
            self.criteria.offset if offset is None else offset,
            0 if self.by_distance else limit,
        )

    def _page(self, tier: Tier, offset: int, limit: int) -> Body:
        """Hits of one tier."""
        asked = DslSearch().query(scored(self._narrowed(tier.node)))
        return self._body(asked, (), self._order(tier), offset, limit)

    def _ring_page(self, tier: Tier, slices: Sequence[RingSlice], count: TierCount) -> Body:
        """Hits of one tier in some rings in a row: the nearer ring scores more, equals are ordered by rank key."""
        places: list[Node] = []
        lifts: list[Node] = []
        for index, part in enumerate(slices):
            there: Node = OneOf(tuple(Term("outcode", code) for code in part.codes))
            if not part.codes:
                everywhere = OneOf(tuple(Term("outcode", code) for code in count.by_outcode))
                there = All(filters=(OPPORTUNITIES,), never=(everywhere,))
            places.append(there)
            lifts.append(Worth(there, float(len(slices) - index)))
        node = All(filters=(self._narrowed(tier.node), OneOf(tuple(places))), lifts=tuple(lifts))
        order = ["_score", "rank_key"]
        limit = sum(part.limit for part in slices)
        return self._body(DslSearch().query(scored(node)), (), order, slices[0].start if slices else 0, limit)

    def _body(self, asked: DslSearch, after: Sequence[Node], order: list[str], offset: int, limit: int) -> Body:
        if after:
            asked = asked.post_filter(unscored(All(filters=tuple(after))))
        asked = asked.sort(*order).extra(stored_fields=["card"], track_total_hits=False, size=limit, **{"from": offset})
        return dict(asked.to_dict())

    def _count_body(self, node: Node) -> Body:
        asked = DslSearch().query(unscored(All(filters=(node,), never=self.never)))
        return dict(asked.extra(size=0, track_total_hits=True).to_dict())

    def _order(self, tier: Tier) -> list[str]:
        if self.criteria.sort is Sort.RELEVANCE and tier.scored:
            return ["_score", "rank_key"]
        return [order_key(self.criteria.sort)]

    def _among(self, node: Node) -> All:
        """The node under what the criteria ask for beside selections."""
        return All(must=(node,), filters=self.filters, never=self.never)

    def _narrowed(self, node: Node) -> All:
        """The node under everything that the criteria ask for."""
        return All(must=(node,), filters=(*self.filters, *self.selections.values()), never=self.never)

    def _ask(self, bodies: Sequence[Body]) -> list[dict[str, Any]]:
        # Pages of one search ask one copy of the index, whose scores are the same from page to page. What was typed may
        # hold halves of pairs.
        name = crc32(self.criteria.key().encode(errors="replace"))
        return self.cluster.search(self.index, bodies, preference=f"search{name:x}")


def _total(answer: Body) -> int:
    return int(answer["hits"]["total"]["value"])

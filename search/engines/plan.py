"""From a request to trees that any engine renders: what matches, what scores, what filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations
from math import inf

from search import ranking
from search.criteria import Sort
from search.document import ANYTIME, ONLINE, OPEN, TEXT_FIELDS, DocumentType, day_number, moment
from search.engines.base import Request
from search.engines.enough import Enough
from search.engines.tree import All, Best, Between, Node, OneOf, Phrase, Term, Times, Worth
from search.query import Clause, TextQuery
from search.text import LONGEST_PREFIX, plain_words

WEIGHTS = {field.name: field.weight for field in TEXT_FIELDS}
OPPORTUNITIES = Term("type", DocumentType.OPPORTUNITY.value)
LOWEST_YEAR, HIGHEST_YEAR = -1, 13


@dataclass(frozen=True, slots=True)
class Tier:
    """Hits that stand together, before those of the next tier.

    `scoring` matches all of them, and perhaps others: they are those of its documents that are
    `within` and not `without` (None: no limit). Without `scored` all are equal.
    """

    scoring: Node
    scored: bool
    within: Node | None = None
    without: Node | None = None
    enough_only: bool = False
    adjacent_years: bool = False

    @property
    def node(self) -> Node:
        """The hits of this tier and no others, scored."""
        if self.within is None and self.without is None:
            return self.scoring
        return All(
            must=(self.scoring,),
            filters=(self.within,) if self.within else (),
            never=(self.without,) if self.without else (),
        )


def hidden(now: datetime) -> Node:
    """Documents that the clock has hidden, whether or not the index has heard of it."""
    return Between("visible_until", high=moment(now))


def selected(facet: str, values: Iterable[str]) -> Node:
    """Documents with any of the values in a facet."""
    return OneOf(tuple(Term(facet, value) for value in values))


def other_filters(request: Request) -> tuple[Node, ...]:
    """What the criteria ask for beside text, facets and distance."""
    criteria = request.criteria
    filters: list[Node] = []
    if criteria.date_from or criteria.date_to:
        low = day_number(criteria.date_from) if criteria.date_from else None
        high = day_number(criteria.date_to) if criteria.date_to else None
        # Open and in these dates must hold for the same session, so open days are a field of their own.
        days = Between("open_days" if criteria.open_only else "days", low, high)
        filters.append(OneOf((days, Term("traits", ANYTIME))))
    if criteria.open_only:
        filters.append(Term("traits", OPEN))
    if criteria.partner is not None:
        filters.append(Term("partners", str(criteria.partner)))
    return tuple(filters)


def order_key(sort: Sort) -> str:
    """The key by which hits are ordered where neither score nor distance decides."""
    return "newest_key" if sort is Sort.NEWEST else "rank_key"


def completions(typed: str, now: datetime, limit: int) -> list[tuple[DocumentType, Node, int]]:
    """What completes what was typed: for each type of document which ones, ordered by rank key, and at most how many."""
    words = [word[:LONGEST_PREFIX] for word in plain_words(typed)]
    if not words or limit < 1:
        return []
    begun = tuple(Term("prefixes", word) for word in words)
    # Partners are few and have no dates to be ranked by, so they have places of their own.
    places = {DocumentType.PARTNER: max(limit // 3, 1), DocumentType.OPPORTUNITY: limit}
    return [
        (kind, All(filters=(Term("type", kind.value), *begun), never=(hidden(now),)), most)
        for kind, most in places.items()
    ]


def with_places(request: Request) -> tuple[Node, ...]:
    """What makes one of the documents that a request finds one with open places, in the dates asked for."""
    return other_filters(replace(request, criteria=replace(request.criteria, open_only=True)))


def within_reach(request: Request, known_outcodes: Iterable[str]) -> tuple[str, ...] | None:
    """The outward codes, out of those that documents hold, within the radius; None when there is no radius."""
    radius = request.criteria.radius_km
    if not request.distances or radius is None:
        return None
    return tuple(sorted(code for code in known_outcodes if request.distances.get(code, inf) <= radius))


def near(outcodes: Iterable[str]) -> Node:
    """Documents in one of the outward codes, or to be joined from anywhere: distance never leaves those out."""
    return OneOf((*(Term("outcode", code) for code in outcodes), Term("traits", ONLINE)))


def word(token: str) -> Node:
    """One token in any text field: the best field counts."""
    return Best(tuple(Times(Term(name, token), weight) for name, weight in WEIGHTS.items()), ranking.TIE)


def phrase(tokens: Sequence[str]) -> Node:
    """Tokens side by side in any text field."""
    if len(tokens) == 1:
        return word(tokens[0])
    return Best(
        tuple(Times(Phrase(name, tuple(tokens)), weight) for name, weight in WEIGHTS.items()),
        ranking.TIE,
    )


def clause_node(clause: Clause, *, adjacent: bool) -> Node:
    """Whatever satisfies a clause, scored. With `adjacent` the school years next to those asked for do, too."""
    ways: list[Node] = []
    if clause.words:
        words = tuple(word(token) for token in clause.words)
        ways.append(words[0] if len(words) == 1 else All(must=words))
    ways.extend(phrase(tokens) for tokens in clause.phrases)
    if clause.area:
        parts = (
            *(Term("borough", slug) for slug in clause.area.boroughs),
            *(Term("outcode", code) for code in clause.area.outcodes),
        )
        ways.append(Worth(OneOf(parts), ranking.AREA_SCORE))
    if clause.years:
        reach = 1 if adjacent else 0
        low = max(clause.years.low - reach, LOWEST_YEAR)
        high = min(clause.years.high + reach, HIGHEST_YEAR)
        years = OneOf(tuple(Term("years", f"y{year}") for year in range(low, high + 1)))
        ways.append(Worth(years, ranking.YEARS_SCORE))
    return ways[0] if len(ways) == 1 else Best(tuple(ways), ranking.TIE)


def clause_match(clause: Clause) -> Node:
    """Whatever satisfies a clause, adjacent years included, for counting: no scores, which makes it cheaper."""
    return unscored(clause_node(clause, adjacent=True))


def matching(query: TextQuery) -> Node:
    """Documents that match all clauses, adjacent years included; for counting."""
    if query.empty:
        return OPPORTUNITIES
    return All(filters=tuple(clause_match(clause) for clause in query.clauses))


def matching_enough(query: TextQuery, enough: Enough) -> Node:
    """Documents that match enough of the clauses, those that match all among them; for counting."""
    nodes = [clause_match(clause) for clause in query.clauses]
    sets = tuple(All(filters=tuple(nodes[index] for index in each)) for each in enough.smallest)
    return OneOf((*sets, matching(query)))


def unscored(node: Node) -> Node:
    """The same documents without what only scores them."""
    match node:
        case Times(part, _) | Worth(part, _):
            return unscored(part)
        case Best(parts, _) | OneOf(parts):
            return OneOf(tuple(unscored(part) for part in parts))
        case All():
            musts = (unscored(part) for part in (*node.must, *node.filters))
            return All(filters=tuple(musts), never=tuple(unscored(part) for part in node.never))
        case _:
            return node


def tiers(query: TextQuery, enough: Enough | None) -> list[Tier]:
    """The tiers of a text, which share no document, in their order."""
    if query.empty:
        return [Tier(OPPORTUNITIES, scored=False)]
    # Years and places alone score all their documents the same, so those are in order of date.
    scored = bool(query.kinds or query.skills or query.others or query.wished) or any(
        clause.words or not (clause.years or clause.area) for clause in query.clauses
    )
    lifts = _lifts(query) if scored else ()
    scoring = All(must=tuple(clause_node(clause, adjacent=True) for clause in query.clauses), lifts=lifts)
    if any(clause.years for clause in query.clauses):
        strict = All(filters=tuple(unscored(clause_node(clause, adjacent=False)) for clause in query.clauses))
        found = [
            Tier(scoring, scored, within=strict),
            Tier(scoring, scored, without=strict, adjacent_years=True),
        ]
    else:
        found = [Tier(scoring, scored)]
    if enough is not None:
        some = All(
            filters=(matching_enough(query, enough),),
            lifts=(*_score_times_share(query, enough), *lifts),
        )
        found.append(Tier(some, scored=True, without=matching(query), enough_only=True))
    return found


def _score_times_share(query: TextQuery, enough: Enough) -> list[Node]:
    """Parts whose scores add up to the score of the clauses that match times their share of the weight.

    The product of the two sums, multiplied out: each clause's score times its own share, and for
    each pair that matches each one's score times the other's share.
    """
    nodes = {index: clause_node(query.clauses[index], adjacent=True) for index in enough.shares}
    parts: list[Node] = [Times(node, enough.shares[index]) for index, node in nodes.items()]
    for one, other in combinations(nodes, 2):
        crossed = (Times(nodes[one], enough.shares[other]), Times(nodes[other], enough.shares[one]))
        parts.append(All(must=crossed))
    return parts


def _lifts(query: TextQuery) -> tuple[Node, ...]:
    pairs = list(zip(query.run, query.run[1:], strict=False))[: ranking.MOST_PHRASES]
    phrases = [
        Best(tuple(Times(Phrase(name, pair), WEIGHTS[name] * ranking.PHRASE_SHARE) for name in ranking.PHRASE_FIELDS))
        for pair in dict.fromkeys(pairs)
    ]
    kinds = [Worth(Term("kind", kind), ranking.KIND_LIFT) for kind in query.kinds]
    skills = [Worth(Term("skill", skill), ranking.SKILL_LIFT) for skill in query.skills]
    others = [Worth(Term(field, value), ranking.OTHER_LIFT) for field, value in query.others]
    return (*phrases, *kinds, *skills, *others, *(word(token) for token in query.wished))

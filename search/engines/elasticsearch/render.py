"""Query trees as queries of `elasticsearch.dsl`. What a user typed only ever becomes a term: there is no parser."""

from __future__ import annotations

from collections.abc import Sequence

from elasticsearch.dsl import Q, Query

from search.engines.tree import All, Best, Between, Node, OneOf, Phrase, Term, Times, Worth


def scored(node: Node, boost: float = 1.0) -> Query:
    """The query of a tree, with its scores multiplied by `boost`."""
    match node:
        case Term(field, value):
            return Q("term", **{field: {"value": value, "boost": boost}})
        case Phrase(field, tokens):
            return Q("match_phrase", **{field: {"query": " ".join(tokens), "boost": boost}})
        case Between():
            return _range(node, boost)
        case Best(parts, tie):
            return Q("dis_max", queries=[scored(part) for part in parts], tie_breaker=tie, boost=boost)
        case OneOf(parts):
            return _any([scored(part) for part in parts], boost)
        case Times(part, factor):
            return scored(part, boost * factor)
        case Worth(part, score):
            return Q("constant_score", filter=unscored(part), boost=boost * score)
        case All():
            return _all(node, boost)


def unscored(node: Node) -> Query:
    """The query of a tree where only matching counts."""
    match node:
        case Times(part, _) | Worth(part, _):
            return unscored(part)
        case Best(parts, _) | OneOf(parts):
            return _any(_alternatives(parts))
        case All():
            return _all(All(filters=(*node.must, *node.filters), never=node.never))
        case _:
            return scored(node)


def _range(node: Between, boost: float = 1.0) -> Query:
    ends = {"gte": node.low, "lte": node.high}
    limits = {name: value for name, value in ends.items() if value is not None}
    return Q("range", **{node.field: {**limits, "boost": boost}})


def _alternatives(parts: Sequence[Node]) -> list[Query]:
    """Alternatives without scores: the terms of one field go together."""
    terms: dict[str, list[str]] = {}
    rest: list[Query] = []
    for part in parts:
        if isinstance(part, Term):
            terms.setdefault(part.field, []).append(part.value)
        else:
            rest.append(unscored(part))
    return [Q("terms", **{field: values}) for field, values in terms.items()] + rest


def _any(parts: list[Query], boost: float = 1.0) -> Query:
    if not parts:
        return Q("match_none")
    if len(parts) == 1 and boost == 1.0:
        return parts[0]
    return Q("bool", should=parts, minimum_should_match=1, boost=boost)


def _all(node: All, boost: float = 1.0) -> Query:
    if not node.must and not node.filters:
        return Q("match_none")
    if len(node.must) == 1 and not (node.filters or node.never or node.lifts):
        return scored(node.must[0], boost)
    return Q(
        "bool",
        must=[scored(part) for part in node.must],
        filter=[unscored(part) for part in node.filters],
        must_not=_alternatives(node.never),
        should=[scored(part) for part in node.lifts],
        minimum_should_match=0,
        boost=boost,
    )

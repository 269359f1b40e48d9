"""Query trees as tantivy queries. What a user typed only ever becomes a term: there is no parser."""

import tantivy
from tantivy import Occur, Query

from search.document import BY_NAME, FieldType
from search.engines.tree import All, Best, Between, Node, OneOf, Phrase, Term, Times, Worth


def render(node: Node, schema: tantivy.Schema) -> Query:
    """The tantivy query of a tree."""
    match node:
        case Term() | Phrase() | Between():
            return _leaf(node, schema)
        case Best(parts, tie):
            return Query.disjunction_max_query([render(part, schema) for part in parts], tie)
        case OneOf(parts):
            return _one_of([render(part, schema) for part in parts])
        case Times(part, factor):
            return Query.boost_query(render(part, schema), factor)
        case Worth(part, score):
            return Query.const_score_query(render(part, schema), score)
        case All():
            return _all(node, schema)


def _leaf(node: Term | Phrase | Between, schema: tantivy.Schema) -> Query:
    match node:
        case Term(field, value):
            return Query.term_query(schema, field, value, index_option="freq")
        case Phrase(field, tokens) if len(tokens) > 1:
            return Query.phrase_query(schema, field, list(tokens))
        case Phrase(field, tokens):
            # tantivy panics on a phrase of one word.
            return Query.term_query(schema, field, "".join(tokens), index_option="freq")
        case Between(field, low, high):
            # Few days, each held by many documents: joining their lists beats looking at every document.
            by_list = BY_NAME[field].type is FieldType.DAYS
            return Query.range_query(schema, field, tantivy.FieldType.Integer, low, high, use_inverted_index=by_list)


def _one_of(parts: list[Query]) -> Query:
    if not parts:
        return Query.empty_query()
    if len(parts) == 1:
        return parts[0]
    return Query.boolean_query([(Occur.Should, part) for part in parts])


def _all(node: All, schema: tantivy.Schema) -> Query:
    if not node.must and not node.filters:
        return Query.empty_query()
    parts = [(Occur.Must, render(part, schema)) for part in node.must]
    parts += [(Occur.Must, Query.const_score_query(render(part, schema), 0.0)) for part in node.filters]
    parts += [(Occur.MustNot, render(part, schema)) for part in node.never]
    parts += [(Occur.Should, render(part, schema)) for part in node.lifts]
    return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)

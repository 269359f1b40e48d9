"""Exact facet counts, and counts by outward code, from tantivy's aggregations."""

from collections.abc import Iterable, Mapping

import tantivy

from search.document import FACET_FIELDS
from search.engines.tree import All, Node

#: More values than any facet has, so that every value is counted in every segment.
_ALL_VALUES = 10_000


def count_values(searcher: tantivy.Searcher, query: tantivy.Query, fields: Iterable[str]) -> dict[str, dict[str, int]]:
    """For each field, how many of the query's documents hold each value."""
    asked = {name: {"terms": {"field": name, "size": _ALL_VALUES, "segment_size": _ALL_VALUES}} for name in fields}
    if not asked:
        return {}
    answer = searcher.aggregate(query, asked)
    return {
        name: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer[name]["buckets"]} for name in asked
    }


def facet_queries(
    matching: Node, filters: tuple[Node, ...], never: tuple[Node, ...], selections: Mapping[str, Node]
) -> list[tuple[All, tuple[str, ...]]]:
    """What to count: all facets without a selection under every selection, each other one without its own."""
    free = tuple(name for name in FACET_FIELDS if name not in selections)
    asked = [(All(filters=(matching, *filters, *selections.values()), never=never), free)]
    for name in selections:
        others = tuple(node for other, node in selections.items() if other != name)
        asked.append((All(filters=(matching, *filters, *others), never=never), (name,)))
    return asked

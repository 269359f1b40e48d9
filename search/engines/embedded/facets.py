"""Exact facet counts, and counts by outward code, from tantivy's aggregations."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

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
    """What to count: all facets without a selection under every selection, each other one without its own.

    The first also counts by type, which is the total, and by trait.
    """
    free = tuple(name for name in FACET_FIELDS if name not in selections)
    asked = [(All(filters=(matching, *filters, *selections.values()), never=never), ("type", "traits", *free))]
    for name in selections:
        others = tuple(node for other, node in selections.items() if other != name)
        asked.append((All(filters=(matching, *filters, *others), never=never), (name,)))
    return asked


@dataclass(frozen=True, slots=True)
class Counts:
    """Facet counts of one search, whatever its page and order; true until the clock hides a document."""

    total: int
    exact_total: int
    open_total: int
    by_facet: Mapping[str, Mapping[str, int]]
    true_until: int


@dataclass(frozen=True, slots=True)
class Hiding:
    """What the clock does to the documents of one snapshot: true from one moment until another."""

    since: int
    until: int
    #: Whether it has hidden some that the index still holds. The drainer takes them out, so that is for seconds.
    some_hidden: bool


class CountCache:
    """Remembers the counts of recent searches of one snapshot: paging and sorting need not count again."""

    def __init__(self, size: int = 256) -> None:
        self._size = size
        self._version: object = None
        self._kept: OrderedDict[str, Counts] = OrderedDict()
        self._hiding: tuple[object, Hiding] | None = None
        self._lock = Lock()

    def get(self, version: object, key: str, now: int) -> Counts | None:
        """What is remembered and still true at a moment."""
        with self._lock:
            kept = self._kept.get(key) if version == self._version else None
            return kept if kept is not None and now < kept.true_until else None

    def hiding(self, version: object, now: int, find: Callable[[], Hiding]) -> Hiding:
        """What the clock does to the documents of a snapshot at a moment; `find` looks it up."""
        known = self._hiding
        if known is not None and known[0] == version and known[1].since <= now < known[1].until:
            return known[1]
        found = find()
        self._hiding = (version, found)
        return found

    def put(self, version: object, key: str, counts: Counts) -> None:
        """Remembers counts; those of another snapshot are forgotten."""
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._version = version
            self._kept[key] = counts
            self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)

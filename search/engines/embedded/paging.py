"""Pages that never repeat or skip: a total order within each tier, and tiers one after the other."""

from collections.abc import Sequence

import tantivy
from tantivy import Order, Query

#: Beyond the page, so that equals at its border are usually there in one go.
_BEYOND = 40

Address = tantivy.DocAddress
Scored = tuple[float, Address]


def by_score(searcher: tantivy.Searcher, query: Query, offset: int, limit: int) -> list[Scored]:
    """Hits by score, equals by rank key.

    tantivy cannot sort by both: so hits are fetched past the page until the score changes, and
    sorted here.
    """
    wanted = offset + limit
    size = wanted + _BEYOND
    while True:
        hits = searcher.search(query, limit=size, count=False).hits
        if len(hits) < size or hits[-1][0] != hits[wanted - 1][0]:
            break
        size *= 4
    if offset >= len(hits):
        return []
    first = _block_start(hits, offset)
    block = hits[first : _block_end(hits, wanted)]
    keys = searcher.fast_field_values("rank_key", [address for _, address in block])
    ranked = sorted(zip(block, keys, strict=True), key=lambda each: (-each[0][0], each[1]))
    return [hit for hit, _ in ranked[offset - first : wanted - first]]


def _block_start(hits: Sequence[Scored], index: int) -> int:
    """The first hit that scores the same as the one at the index."""
    while 0 < index < len(hits) and hits[index - 1][0] == hits[index][0]:
        index -= 1
    return index


def _block_end(hits: Sequence[Scored], index: int) -> int:
    """One past the last hit that scores the same as the one before the index."""
    while 0 < index < len(hits) and hits[index][0] == hits[index - 1][0]:
        index += 1
    return index


def by_key(searcher: tantivy.Searcher, query: Query, field: str, offset: int, limit: int) -> list[Scored]:
    """Hits by a key that no two documents share, lowest first."""
    found = searcher.search(query, limit=limit, offset=offset, count=False, order_by_field=field, order=Order.Asc)
    return [(0.0, address) for _, address in found.hits]

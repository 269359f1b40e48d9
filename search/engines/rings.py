"""Hits by distance: all outward codes that are equally far are a ring, and a page is a few rings in a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from math import inf


@dataclass(frozen=True, slots=True)
class RingSlice:
    """Part of a ring: `limit` of its hits from `start` on. Without codes: hits that are nowhere, which come last."""

    codes: tuple[str, ...]
    start: int
    limit: int


def ring_slices(
    counts: Mapping[str, int], distances: Mapping[str, float], elsewhere: int, offset: int, limit: int
) -> list[RingSlice]:
    """The slices that a page is made of, nearest first.

    `counts` says how many hits each outward code has, `elsewhere` how many have none; codes without
    a distance come after those that have one.
    """
    codes = sorted(counts, key=lambda code: (distances.get(code, inf), code))
    rings = [tuple(ring) for _, ring in groupby(codes, key=lambda code: distances.get(code, inf))]
    found: list[RingSlice] = []
    for ring in (*rings, ()):
        size = sum(counts[code] for code in ring) if ring else elsewhere
        if limit > 0 and offset < size:
            taken = min(limit, size - offset)
            found.append(RingSlice(ring, offset, taken))
            limit -= taken
        offset = max(offset - size, 0)
    return found

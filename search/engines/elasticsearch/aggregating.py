"""What one request counts beside finding a page: all facets, each tier, and outward codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from elasticsearch.dsl import A, Agg, Q, Search
from elasticsearch.dsl.aggs import AggBase

from search.document import FACET_FIELDS
from search.engines.elasticsearch.render import unscored
from search.engines.plan import OPPORTUNITIES, Tier
from search.engines.tree import All, Node

#: More values than any facet has, so that every value is counted.
_ALL_VALUES = 1_000
#: There are about 3,000 outward codes.
_ALL_OUTCODES = 4_000
#: Buckets: all documents of a search without a selection, and those of one selection.
_EVERYTHING, _IN = "everything", "in_"


@dataclass(frozen=True, slots=True)
class TierCount:
    """How many hits a tier has; by outward code when they are to be ordered by distance."""

    total: int = 0
    by_outcode: Mapping[str, int] = field(default_factory=dict)

    @property
    def elsewhere(self) -> int:
        """How many have no outward code."""
        return self.total - sum(self.by_outcode.values())


@dataclass(frozen=True, slots=True)
class Counted:
    """The total under all selections, and how many of it have places; facet counts, each without its own selection; and
    what each tier holds of the total.
    """

    total: int
    open_total: int
    facets: Mapping[str, Mapping[str, int]]
    tiers: tuple[TierCount, ...]


def _filter(nodes: Sequence[Node]) -> Agg:
    return A("filter", filter=unscored(All(filters=tuple(nodes))) if nodes else Q("match_all"))


def _values(name: str) -> Agg:
    return A("terms", field=name, size=_ALL_OUTCODES if name == "outcode" else _ALL_VALUES)


def tier_filters(tier: Tier) -> tuple[Node, ...]:
    """What, among the documents of its scoring query, makes one of them a tier's."""
    within = (tier.within,) if tier.within else ()
    return within if tier.without is None else (*within, All(filters=(OPPORTUNITIES,), never=(tier.without,)))


def add_counts(
    asked: Search, selections: Mapping[str, Node], places: Sequence[Node], tiers: Sequence[Tier], *, by_outcode: bool
) -> None:
    """Has a search count over what its query matches: with `places`, by facet, and several tiers each for itself."""
    chosen = _under(asked.aggs, tuple(selections), selections)
    if not selections:
        chosen = chosen.bucket(_EVERYTHING, _filter(()))
    chosen.bucket("open", _filter(places))
    for name in FACET_FIELDS:
        within = _under(asked.aggs, _others(name, selections), selections) if name in selections else chosen
        within.bucket(name, _values(name))
    for index, tier in enumerate(tiers):
        if len(tiers) > 1 or by_outcode:
            counted = chosen.bucket(f"tier_{index}", _filter(tier_filters(tier)))
            if by_outcode:
                counted.bucket("outcode", _values("outcode"))


def _others(name: str, selections: Iterable[str]) -> tuple[str, ...]:
    return tuple(each for each in selections if each != name)


def _under(aggs: AggBase, names: Sequence[str], selections: Mapping[str, Node]) -> Any:
    """Where what is under these selections is counted.

    One stands within the other, so that each is asked only of the documents that the ones before let through, and those
    that several counts begin with are asked once: a sixth less than each count for itself.
    """
    place: Any = aggs
    for name in names:
        bucket = _IN + name
        place = place[bucket] if bucket in place else place.bucket(bucket, _filter((selections[name],)))
    return place


def _found(answered: Mapping[str, Any], names: Iterable[str]) -> Mapping[str, Any]:
    """What was counted there."""
    for name in names:
        answered = answered[_IN + name]
    return answered


def read_counts(answer: Mapping[str, Any], selections: Mapping[str, Node], tiers: int) -> Counted:
    """What was counted, from the answer to such a search."""
    everything = answer["aggregations"]
    chosen = _found(everything, selections) if selections else everything[_EVERYTHING]
    facets = {
        name: _by_value((_found(everything, _others(name, selections)) if name in selections else chosen)[name])
        for name in FACET_FIELDS
    }
    total = int(chosen["doc_count"])
    counts = tuple(_tier(chosen.get(f"tier_{index}"), total) for index in range(tiers))
    return Counted(total, int(chosen["open"]["doc_count"]), facets, counts)


def _tier(counted: Mapping[str, Any] | None, total: int) -> TierCount:
    if counted is None:
        return TierCount(total)
    return TierCount(int(counted["doc_count"]), _by_value(counted["outcode"]) if "outcode" in counted else {})


def _by_value(counted: Mapping[str, Any]) -> dict[str, int]:
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in counted["buckets"]}

"""All that a partner offers, as far as its page counts and orders it: one query, however much it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, Count, DateTimeField, F, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from opportunities.kinds import Kind
from opportunities.models import Opportunity, OpportunitySkill, Session
from opportunities.selectors import of_partners
from taxonomy.models import FusionSkill


@dataclass(frozen=True, slots=True)
class KindCount:
    """One kind of opportunity that a partner has, and how many of it."""

    kind: str
    kind_label: str
    count: int


@dataclass(frozen=True, slots=True)
class Offers:
    """The public opportunities of a partner: their keys in the order of its page, and how many are of which kind."""

    keys: tuple[int, ...]
    kinds: tuple[KindCount, ...]
    hosted_kinds: frozenset[str]


def offers_of(partner: int) -> Offers:
    """What a partner (by key) offers, offers with others or hosts: the soonest first, undated ones last."""
    rows = (
        of_partners([partner])
        .annotate(next_start=_next_start())
        .order_by()
        .values_list("pk", "title", "kind", "offered_by", "hosted_by", "next_start")
    )
    dated, undated = [], []
    kinds: Counter[str] = Counter()
    hosted = set()
    for pk, title, kind, offerer, host, starts in rows:
        kinds[kind] += 1
        if (host or offerer) == partner:
            hosted.add(kind)
        if starts is None:
            undated.append((title, pk))
        else:
            dated.append((starts, pk))
    keys = (*(pk for _, pk in sorted(dated)), *(pk for _, pk in sorted(undated)))
    return Offers(keys, most_first(kinds), frozenset(hosted))


def most_first(kinds: Counter[str]) -> tuple[KindCount, ...]:
    """Kinds with their names and counts, the fullest first."""
    counted = (KindCount(kind, str(Kind(kind).label), count) for kind, count in kinds.items())
    return tuple(sorted(counted, key=lambda each: (-each.count, each.kind_label)))


def _next_start() -> Case:
    """When the session begins that its card names, as `search.facts.SessionFacts.shown` chooses it."""
    now = timezone.now()
    full = Q(capacity__isnull=False, taken__gte=F("capacity"))
    sessions = (
        Session.objects.filter(opportunity=OuterRef("pk"), ends__gt=now, cancelled_at=None)
        .annotate(
            begun=Case(When(starts__lte=now, then=Value(1)), default=Value(0)),
            full=Case(When(full, then=Value(1)), default=Value(0)),
        )
        .order_by("begun", "full", "starts", "pk")
    )
    dated = When(availability=Opportunity.Availability.DATED, then=Subquery(sessions.values("starts")[:1]))
    return Case(dated, default=None, output_field=DateTimeField())


def skill_counts(opportunities: Collection[int]) -> list[dict[str, object]]:
    """All fusion skills with how many of these opportunities (by key) practise each, most first. Two queries."""
    counted = (
        OpportunitySkill.objects.filter(content_object__in=opportunities)
        .order_by()
        .values_list("tag__slug")
        .annotate(Count("content_object", distinct=True))
    )
    counts = dict(counted)
    skills = FusionSkill.objects.filter(active=True).select_related("family")
    rows = [
        {"slug": each.slug, "name": each.name, "family": each.family.slug, "count": counts.get(each.slug, 0)}
        for each in skills
    ]
    return sorted(rows, key=lambda row: (-int(str(row["count"])), str(row["name"])))

"""Makes documents from the database, a fixed number of queries for each batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched

from django.db.models import Prefetch
from django.utils import timezone

from changes.selectors import clock
from opportunities import selectors as opportunities
from opportunities.models import Opportunity
from partners import selectors as partners
from partners.models import Partner
from search.document import Batch, DocumentType
from search.facts import OpportunityFacts, PartnerFacts, document_of
from search.touching import Touched
from taxonomy.models import AccessFeature

#: How many objects are read at a time: a batch takes the same number of queries whatever its size.
BATCH = 500


def batches(touched: Touched) -> Iterator[Batch]:
    """Re-reads everything touched, and makes its documents as of now.

    The clock is read before the objects of each batch: whatever is read after a change has a
    higher version than whatever was read before it.
    """
    for ids in batched(sorted(touched.opportunities), BATCH):
        yield opportunity_batch(ids)
    for ids in batched(sorted(touched.partners), BATCH):
        yield partner_batch(ids)


def opportunity_batch(ids: Sequence[int]) -> Batch:
    """The documents of some opportunities; those that are not public, or gone, are to be deleted."""
    version = clock()
    # Asked first, in one query: what left the public pages is gone from the index before all of it is read.
    public = opportunities.public().filter(pk__in=ids).values_list("pk", flat=True)
    found = opportunities.with_parts(Opportunity.objects.filter(pk__in=list(public))).prefetch_related(
        Prefetch("site__access_features", AccessFeature.objects.order_by("order", "slug"))
    )
    requirements = opportunities.requirements_by_kind()
    now = timezone.now()
    batch = Batch(version)
    seen = set()
    for opportunity in found:
        visibility = opportunities.visibility(opportunity, requirements.get(opportunity.kind, frozenset()))
        if visibility.visible:
            seen.add(opportunity.pk)
            batch.documents.append(document_of(OpportunityFacts(opportunity, visibility, now)))
    batch.deleted = [DocumentType.OPPORTUNITY.key(pk) for pk in ids if pk not in seen]
    return batch


def partner_batch(ids: Sequence[int]) -> Batch:
    """The documents of some partners; those that are not public, or gone, are to be deleted."""
    version = clock()
    found = {partner.pk: partner for partner in partners.public().filter(pk__in=ids)}
    return Batch(
        version,
        documents=[document_of(PartnerFacts(partner)) for partner in found.values()],
        deleted=[DocumentType.PARTNER.key(pk) for pk in ids if pk not in found],
    )


def everything() -> Touched:
    """Every opportunity and partner that may be public; making its document decides."""
    return Touched(
        set(Opportunity.objects.filter(live=True).values_list("pk", flat=True)),
        set(Partner.objects.filter(live=True).values_list("pk", flat=True)),
    )


def expected_keys() -> set[str]:
    """The keys of all documents that there should be now, as the database judges it."""
    found = {DocumentType.OPPORTUNITY.key(pk) for pk in opportunities.public().values_list("pk", flat=True)}
    return found | {DocumentType.PARTNER.key(pk) for pk in partners.public().values_list("pk", flat=True)}


def touched_by_keys(keys: Iterable[str]) -> Touched:
    """The objects that documents stand for. Raises ValueError for what is not a document's key."""
    touched = Touched()
    for key in keys:
        kind, _, pk = key.rpartition("-")
        ids = touched.partners if DocumentType(kind) is DocumentType.PARTNER else touched.opportunities
        ids.add(int(pk))
    return touched

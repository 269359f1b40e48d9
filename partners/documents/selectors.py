"""Reading documents: what waits for officers, what a partner sees of its own, whom to tell."""

from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from partners.models import AssuranceDocument, Partner
from partners.selectors import people_to_tell


def waiting() -> QuerySet[AssuranceDocument]:
    """The documents that officers have still to look at, the oldest first."""
    return (
        AssuranceDocument.objects.filter(state=AssuranceDocument.State.WAITING)
        .select_related("partner", "sent_by")
        .order_by("sent_at", "pk")
    )


def of_partner(partner: Partner) -> QuerySet[AssuranceDocument]:
    """The documents of one partner, the latest first."""
    return partner.documents.select_related("partner", "sent_by", "assurance__seen_by", "decided_by")


def with_file(documents: QuerySet[AssuranceDocument], key: UUID) -> AssuranceDocument:
    """One of these documents, which still has its file. Raises AssuranceDocument.DoesNotExist."""
    return documents.exclude(file="").get(key=key)


def senders_to_tell(document: AssuranceDocument) -> list[User]:
    """Who sent it, if they still act for the partner; else its owners. Nobody while the partner is suspended."""
    partner = document.partner
    if partner.suspended_at is not None:
        return []
    return people_to_tell(partner, document.sent_by) or people_to_tell(partner, owners=True)

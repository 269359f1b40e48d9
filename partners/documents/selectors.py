"""Reading documents: what waits for officers, what a partner sees of its own, whom to tell."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from partners.models import AssuranceDocument, Partner, PartnerMembership


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


def people_to_tell(document: AssuranceDocument) -> Iterable[User]:
    """Who sent it, if they still act for the partner; else its owners. Nobody while the partner is suspended."""
    if document.partner.suspended_at is not None:
        return []
    people = User.objects.filter(is_active=True, partner_memberships__partner=document.partner)
    sender = [user for user in people if user.pk == document.sent_by_id]
    return sender or list(people.filter(partner_memberships__role=PartnerMembership.Role.OWNER))

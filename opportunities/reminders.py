"""What the clock does about documents that lapse: says so before, and once they have. Safe to run twice or late."""

from datetime import date

from django.conf import settings
from django.urls import reverse

from notices.catalogue import DOCUMENT_EXPIRES, DOCUMENT_LAPSED
from notices.services import send
from partners.expiring import LAPSED, due
from partners.models import Assurance
from partners.reminders import each_by_itself
from partners.selectors import addresses_of, expiring_assurances

from .selectors import resting_on


def remind_of_documents(today: date) -> int:
    """Writes to each partner about each document that lapses soon or has; how many messages.

    Raises RuntimeError at the end if some failed.
    """
    expiring = {document.pk: document for document in expiring_assurances(today)}
    return each_by_itself(list(expiring), lambda pk: _tell(expiring[pk], today))


def _tell(document: Assurance, today: date) -> int:
    stage = due(document.expires, today)
    if stage is None:
        return 0
    context = {
        "partner": document.partner,
        "document": document.get_kind_display(),
        "expires": document.expires,
        "offers": [opportunity.title for opportunity in resting_on(document)],
        "portal_url": settings.SITE_URL + reverse("portal", args=[document.partner_id]),
    }
    kind = DOCUMENT_LAPSED if stage == LAPSED else DOCUMENT_EXPIRES
    key = f"assurance {document.pk}, until {document.expires}, {stage} days"
    return sum(send(kind, address, key=key, context=context) is not None for address in addresses_of(document.partner))

"""Whom to ask about an opportunity, or at a partner: a page of its own, so that it is asked for and counted."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory import selectors
from directory.contacts import Contacts, visible_contacts
from directory.tracking import note_opportunity
from engagement.catalogue import EventName
from engagement.events import Happening
from engagement.noting import note, token_of
from opportunities.models import Opportunity
from partners.models import Partner


@require_safe
@never_cache  # it differs from visitor to visitor
def opportunity_contact(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Whom this visitor may ask about an opportunity. It counts only where there is somebody."""
    opportunity = selectors.public_opportunity_in_brief(pk)
    if opportunity is None:
        raise Http404("There is no such opportunity now.")
    contacts = visible_contacts(request.user, opportunity)
    if contacts.any:
        note_opportunity(request, EventName.CONTACT_REVEALED, opportunity)
    return _page(request, opportunity, contacts, {"opportunity": opportunity, "section": "find"})


@require_safe
@never_cache
def partner_contact(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Whom this visitor may ask at a partner. It counts only where there is somebody."""
    partner = selectors.public_partner(pk)
    if partner is None:
        raise Http404("There is no such partner now.")
    contacts = visible_contacts(request.user, partner)
    if contacts.any:
        note(request, Happening(EventName.CONTACT_REVEALED, partner=partner.pk, token=token_of(request)))
    return _page(request, partner, contacts, {"section": "partners"})


def _page(
    request: HttpRequest, subject: Opportunity | Partner, contacts: Contacts, more: dict[str, Any]
) -> HttpResponse:
    context = {"subject": subject, "contacts": contacts, "tracked": token_of(request), **more}
    return render(request, "directory/contact.html", context)

"""The way from this site to a partner's own, counted."""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory import selectors
from directory.tracking import note_opportunity
from engagement.catalogue import EventName
from engagement.events import Happening
from engagement.noting import note, token_of
from partners.models import Partner


@require_safe
@never_cache
def opportunity_website(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """On to the website of the partner that offers it, from the page of an opportunity."""
    opportunity = selectors.public_opportunity_in_brief(pk)
    if opportunity is None:
        raise Http404("There is no such opportunity now.")
    response = _sent_on(opportunity.offered_by)
    note_opportunity(request, EventName.WEBSITE_OPENED, opportunity)
    return response


@require_safe
@never_cache
def partner_website(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """On to the website of a partner."""
    partner = selectors.public_partner(pk)
    if partner is None:
        raise Http404("There is no such partner now.")
    response = _sent_on(partner)
    note(request, Happening(EventName.WEBSITE_OPENED, partner=partner.pk, token=token_of(request)))
    return response


def _sent_on(partner: Partner) -> HttpResponse:
    """To the address that the partner has given, and to no other. Raises Http404 where it has none for a browser."""
    if urlsplit(partner.website).scheme not in {"http", "https"}:
        raise Http404("This partner has no website.")
    response = HttpResponseRedirect(partner.website)
    # The other site learns nothing of what was looked for here.
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

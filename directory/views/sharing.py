"""That a page was shared: told by the page itself, once its link has been handed on."""

from django.http import Http404, HttpRequest, HttpResponse

from directory import selectors
from directory.same_site import same_site_post
from directory.tracking import note_opportunity
from engagement.catalogue import EventName
from engagement.events import Happening
from engagement.noting import note, token_of


@same_site_post
def opportunity_shared(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody has shared the link of an opportunity. There is nothing to answer."""
    opportunity = selectors.public_opportunity_in_brief(pk)
    if opportunity is None:
        raise Http404("There is no such opportunity now.")
    note_opportunity(request, EventName.SHARED, opportunity, what="opportunity")
    return HttpResponse(status=204)


@same_site_post
def partner_shared(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody has shared the link of a partner. There is nothing to answer."""
    partner = selectors.public_partner(pk)
    if partner is None:
        raise Http404("There is no such partner now.")
    note(request, Happening(EventName.SHARED, partner=partner.pk, token=token_of(request), data={"what": "partner"}))
    return HttpResponse(status=204)

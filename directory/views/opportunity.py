"""The page of an opportunity."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory import selectors, structured_data
from directory.addresses import address_of_only
from directory.paging import PARAMETER as PAGE
from directory.paging import page_asked
from directory.tracking import happening_of
from engagement.catalogue import EventName, Surface
from engagement.noting import note, token_of
from engagement.tokens import PARAMETER

from .printing import BY, PAPER


@require_safe
def opportunity_page(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """One opportunity. Another name in the address sends on to its own; one that is not public is not there."""
    opportunity = selectors.public_opportunity(pk)
    if opportunity is None:
        raise Http404("There is no such opportunity now.")
    if slug != opportunity.slug:
        return HttpResponsePermanentRedirect(
            opportunity.get_absolute_url() + address_of_only(request.GET, [PAGE, PARAMETER, BY]).removesuffix("?")
        )
    context = selectors.opportunity_context(opportunity, request.user, page_asked(request.GET))
    context["structured"] = structured_data.opportunity_page(
        opportunity, context["sessions"], settings.SITE_URL, cancelled=context["cancelled"]
    )
    context["tracked"] = token_of(request)
    viewed = happening_of(EventName.OPPORTUNITY_VIEWED, opportunity, context["tracked"])
    if PAGE not in request.GET:  # whoever turns the pages of its dates has been counted
        note(request, replace(viewed, surface=Surface.PAPER) if request.GET.get(BY) == PAPER else viewed)
    return render(request, "directory/opportunity.html", context)

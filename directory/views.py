"""The pages of the public site. Each reads its address, asks one selector and renders."""

import logging

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory import selectors, structured_data
from directory.forms import PartnerSearchForm, SearchForm
from search.engines.base import SearchUnavailableError

logger = logging.getLogger(__name__)


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Opportunities that fit what was typed and chosen. A full postcode in the address sends on to its first half."""
    try:
        form = SearchForm(request.GET, selectors.facet_labels())
        shorter = form.address_without_postcodes()
        if shorter is not None:
            return HttpResponseRedirect(f"{request.path}{shorter}")
        context = selectors.results_context(form)
    except SearchUnavailableError:
        logger.exception("Search cannot answer.")
        return render(request, "503.html", status=503)
    response = render(request, "directory/search.html", context)
    if settings.DEBUG:
        response["X-Search-Engine"] = context["results"].engine
    return response


@require_safe
def partners_page(request: HttpRequest) -> HttpResponse:
    """The list of partners."""
    form = PartnerSearchForm(request.GET, selectors.partner_labels())
    shorter = form.address_without_postcodes()
    if shorter is not None:
        return HttpResponseRedirect(f"{request.path}{shorter}")
    return render(request, "directory/partners.html", selectors.partners_context(form))


@require_safe
def opportunity_page(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """One opportunity. Another name in the address sends on to its own; one that is not public is not there."""
    opportunity = selectors.public_opportunity(pk)
    if opportunity is None:
        raise Http404("There is no such opportunity now.")
    if slug != opportunity.slug:
        return HttpResponsePermanentRedirect(opportunity.get_absolute_url())
    context = selectors.opportunity_context(opportunity, request.user)
    context["structured"] = structured_data.opportunity_page(opportunity, context["sessions"], settings.SITE_URL)
    return render(request, "directory/opportunity.html", context)


@require_safe
def partner_page(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """One partner. Another name in the address sends on to its own; one that is not public is not there."""
    partner = selectors.public_partner(pk)
    if partner is None:
        raise Http404("There is no such partner now.")
    if slug != partner.slug:
        return HttpResponsePermanentRedirect(partner.get_absolute_url())
    context = selectors.partner_context(partner, request.user)
    context["structured"] = structured_data.partner_page(
        partner, context["sites"], context["everybodys_contacts"], settings.SITE_URL
    )
    return render(request, "directory/partner.html", context)

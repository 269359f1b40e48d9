"""The search page."""

import logging
from time import monotonic

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from directory import selectors
from directory.addresses import address_with
from directory.forms import SearchForm
from directory.tracking import note_search, search_intent, with_token
from directory.views.unavailable import unavailable
from engagement.tokens import PARAMETER
from search.engines.base import SearchUnavailableError

logger = logging.getLogger(__name__)


@vary_on_headers("HX-Request")
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Opportunities that fit what was typed and chosen. A full postcode in the address sends on to its first half."""
    try:
        form = SearchForm(request.GET, selectors.facet_labels())
        shorter = form.address_without_postcodes()
        if shorter is not None:
            return HttpResponseRedirect(f"{request.path}{shorter}")
        begun = monotonic()
        context = selectors.results_context(form)
    except SearchUnavailableError:
        logger.exception("Search cannot answer.")
        return unavailable(request)
    results = context["results"]
    context["spreadsheet_url"] = reverse("results-spreadsheet") + address_with(request.GET, {PARAMETER: None})
    intent = search_intent(request, results.criteria)
    if intent is not None:
        context |= {"tracked": intent.token, "params": with_token(request.GET, intent.token)}
        note_search(request, results, intent, took_ms=round((monotonic() - begun) * 1000))
    response = render(request, "directory/search.html", context)
    patch_vary_headers(response, ["HX-Request"])
    if "HX-Request" in request.headers:
        # Without the token, so that an address that is copied or kept begins a search of its own.
        response["HX-Push-Url"] = request.path + address_with(
            request.GET, {PARAMETER: None, "page": request.GET.get("page")}
        )
    if settings.DEBUG:
        response["X-Search-Engine"] = results.engine
    return response

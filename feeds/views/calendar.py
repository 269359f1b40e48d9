"""Calendars: one session, all of an opportunity or a partner, and what a search finds.

What is saved from the page of an opportunity counts. What a calendar program asks for again and again does not.
"""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory.addresses import address_of_only
from directory.forms import SearchForm
from directory.selectors import facet_labels, public_partner
from directory.tracking import note_opportunity
from engagement.catalogue import EventName
from feeds.calendars import REFRESH, TYPE, Entry, calendar
from feeds.selectors import entries_of_opportunity, entries_of_partner, entries_of_search, session_entry
from opportunities.models import Opportunity
from search.criteria import FACET_NAMES
from search.engines.base import SearchUnavailableError

logger = logging.getLogger(__name__)

#: A program that asks more often than this gets what is kept on the way.
KEPT_SECONDS = 3600
#: The parameters of a search that say what is asked for, without order and page.
ASKING = ("q", "near", "within", "from", "to", "open", "partner", "as_typed", *FACET_NAMES)


@require_safe
@never_cache  # each that is saved counts
def session_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One session, to be saved."""
    entry = session_entry(pk)
    if entry is None:
        raise Http404("There is no such date to come.")
    return _saved(request, entry.session.opportunity, [entry])


@require_safe
@never_cache
def opportunity_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """All coming sessions of an opportunity, to be saved."""
    entries = entries_of_opportunity(pk)
    if not entries:
        raise Http404("There are no dates to come.")
    return _saved(request, entries[0].session.opportunity, entries)


@require_safe
def partner_calendar(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The coming sessions of a partner, to be followed."""
    partner = public_partner(pk)
    if partner is None:
        raise Http404("There is no such partner now.")
    return _followed(request, f"Find Fusion: {partner.name}", partner.get_absolute_url(), entries_of_partner(pk))


@require_safe
def search_calendar(request: HttpRequest) -> HttpResponseBase:
    """The soonest sessions of what a search finds, to be followed. It takes the parameters of the search page."""
    try:
        form = SearchForm(request.GET, facet_labels())
        shorter = form.address_without_postcodes()
        if shorter is not None:
            return HttpResponseRedirect(f"{request.path}{shorter}")
        name, entries = entries_of_search(form)
    except SearchUnavailableError:
        logger.exception("Search cannot answer.")
        return HttpResponse(
            "Search does not answer at present. Your calendar will ask again.",
            status=503,
            content_type="text/plain; charset=utf-8",
            headers={"Retry-After": str(KEPT_SECONDS)},
        )
    # Whatever else stands in the address asks for nothing, and is not repeated.
    address = reverse("search") + address_of_only(request.GET, ASKING).removesuffix("?")
    return _followed(request, name, address, entries)


def _saved(request: HttpRequest, opportunity: Opportunity, entries: Iterable[Entry]) -> HttpResponse:
    note_opportunity(request, EventName.CALENDAR_SAVED, opportunity)
    address = f"{settings.SITE_URL}{opportunity.get_absolute_url()}"
    response = HttpResponse(calendar(opportunity.title, address, entries, settings.SITE_URL), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="{opportunity.slug[:60]}.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _followed(request: HttpRequest, name: str, path: str, entries: Iterable[Entry]) -> HttpResponseBase:
    """The same for everybody, so that it may be kept on the way; unchanged, it is not sent again."""
    body = calendar(name, f"{settings.SITE_URL}{path}", entries, settings.SITE_URL)
    response = HttpResponse(body, content_type=TYPE)
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS, stale_if_error=int(REFRESH.total_seconds()))
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response

"""What is taken away on paper, and the short address that paper bears."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory import selectors
from directory.tracking import note_opportunity
from engagement.catalogue import EventName
from engagement.noting import token_of

# What the page of an opportunity is told by an address that came from a paper.
BY = "by"
PAPER = "paper"


@require_safe
@never_cache  # each counts
def opportunity_print(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """An opportunity on two sides of A4, without navigation."""
    opportunity = selectors.public_opportunity(pk)
    if opportunity is None:
        raise Http404("There is no such opportunity now.")
    context = selectors.print_context(opportunity, settings.SITE_URL)
    note_opportunity(request, EventName.PRINTED, opportunity, what="opportunity")
    return render(request, "directory/print_opportunity.html", context | {"tracked": token_of(request)})


@require_safe
@never_cache
def desk_sheet(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """An opportunity on one side in large print, for a person without e-mail."""
    opportunity = selectors.public_opportunity(pk)
    if opportunity is None:
        raise Http404("There is no such opportunity now.")
    context = selectors.desk_sheet_context(opportunity, settings.SITE_URL)
    note_opportunity(request, EventName.PRINTED, opportunity, what="desk sheet")
    return render(request, "directory/desk_sheet.html", context | {"tracked": token_of(request)})


@require_safe
@never_cache
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """From the short address on a paper to the page, which counts the view as one by paper."""
    opportunity = selectors.public_opportunity_in_brief(pk)
    if opportunity is None:
        raise Http404("There is no such opportunity now.")
    return HttpResponseRedirect(f"{opportunity.get_absolute_url()}?{BY}={PAPER}")

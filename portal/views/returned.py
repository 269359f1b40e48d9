"""What officers returned to a partner: its own page, or one of its opportunities."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from opportunities.models import Opportunity
from partners.models import Partner
from portal.selectors.returned import what_was_returned

from .serving import ServingRequest, serving


@require_safe
@serving
def returned_page(request: ServingRequest, partner: Partner) -> HttpResponse:
    """What officers ask for in the partner's own page."""
    context = {"partner": partner, "returned": what_was_returned(partner), "section": "details"}
    return render(request, "portal/returned.html", context)


@require_safe
@serving
def returned_opportunity(request: ServingRequest, partner: Partner, opportunity_pk: int) -> HttpResponse:
    """What officers ask for in an opportunity that the partner offers."""
    opportunity = get_object_or_404(Opportunity, pk=opportunity_pk, offered_by=partner)
    returned = what_was_returned(opportunity)
    context = {"partner": partner, "opportunity": opportunity, "returned": returned, "section": "opportunities"}
    return render(request, "portal/returned.html", context)

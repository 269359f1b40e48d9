"""What officers returned of a partner's own page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.models import Partner
from portal.selectors.returned import what_was_returned

from .serving import ServingRequest, serving


@require_safe
@serving
def returned_page(request: ServingRequest, partner: Partner) -> HttpResponse:
    """What officers ask for in the partner's own page."""
    context = {"partner": partner, "returned": what_was_returned(partner), "section": "details"}
    return render(request, "portal/returned.html", context)

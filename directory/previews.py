"""Drafts in the CMS, drawn with the very templates of the public pages, as an anonymous visitor would see them."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from directory import selectors
from opportunities.models import Opportunity
from partners.models import Partner

# settings.FINDFUSION_PREVIEWS names these two.


def opportunity(request: HttpRequest, opportunity: Opportunity) -> HttpResponse:
    """The page of an opportunity as its draft stands."""
    context = selectors.opportunity_context(opportunity, AnonymousUser())
    return render(request, "directory/opportunity.html", {**context, "preview": True})


def partner(request: HttpRequest, partner: Partner) -> HttpResponse:
    """The page of a partner as its draft stands."""
    context = selectors.partner_context(partner, AnonymousUser())
    return render(request, "directory/partner.html", {**context, "preview": True})

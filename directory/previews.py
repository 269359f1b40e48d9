"""Drafts in the CMS, drawn with the very templates of the public pages, as an anonymous visitor would see them.

`settings.FINDFUSION_PREVIEWS` names the two functions.
"""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from directory import selectors
from directory.paging import page_asked
from opportunities.models import Opportunity
from partners.models import Partner

NO_PARTNER_YET = "The partner is not chosen yet"
# What was never saved has no number; this one is nobody's, so that it has an address and nothing behind it.
NO_NUMBER_YET = 0
# No search leads to a draft.
NO_SEARCH = {"tracked": None}


def opportunity(request: HttpRequest, opportunity: Opportunity) -> HttpResponse:
    """The page of an opportunity as its draft stands."""
    opportunity.pk = opportunity.pk or NO_NUMBER_YET
    if opportunity.offered_by_id is None:
        opportunity.offered_by = Partner(pk=NO_NUMBER_YET, name=NO_PARTNER_YET)
    context = selectors.opportunity_context(opportunity, AnonymousUser(), page_asked(request.GET))
    return render(request, "directory/opportunity.html", {**context, **NO_SEARCH, "preview": True})


def partner(request: HttpRequest, partner: Partner) -> HttpResponse:
    """The page of a partner as its draft stands."""
    partner.pk = partner.pk or NO_NUMBER_YET
    context = selectors.partner_context(partner, AnonymousUser(), page_asked(request.GET))
    return render(request, "directory/partner.html", {**context, **NO_SEARCH, "preview": True})

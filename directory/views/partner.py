"""The pages of partners."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory import selectors, structured_data
from directory.addresses import address_of_only
from directory.forms import PartnerSearchForm
from directory.paging import PARAMETER as PAGE
from directory.paging import page_asked
from engagement.catalogue import EventName
from engagement.events import Happening
from engagement.noting import note, token_of
from engagement.tokens import PARAMETER


@require_safe
def partners_page(request: HttpRequest) -> HttpResponse:
    """The list of partners."""
    form = PartnerSearchForm(request.GET, selectors.partner_labels())
    shorter = form.address_without_postcodes()
    if shorter is not None:
        return HttpResponseRedirect(f"{request.path}{shorter}")
    return render(request, "directory/partners.html", selectors.partners_context(form))


@require_safe
def partner_page(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """One partner. Another name in the address sends on to its own; one that is not public is not there."""
    partner = selectors.public_partner(pk)
    if partner is None:
        raise Http404("There is no such partner now.")
    if slug != partner.slug:
        return HttpResponsePermanentRedirect(
            partner.get_absolute_url() + address_of_only(request.GET, [PAGE, PARAMETER]).removesuffix("?")
        )
    context = selectors.partner_context(partner, request.user, page_asked(request.GET))
    context["structured"] = structured_data.partner_page(partner, context["sites"], settings.SITE_URL)
    context["tracked"] = token_of(request)
    if PAGE not in request.GET:  # whoever turns the pages has been counted
        note(request, Happening(EventName.PARTNER_VIEWED, partner=partner.pk, token=context["tracked"]))
    return render(request, "directory/partner.html", context)

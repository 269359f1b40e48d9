"""A lower price, or another last day, on a live offer: public at once, without a check."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from opportunities.live_changes import change_live
from opportunities.models import Opportunity
from partners.models import Partner
from portal.forms.live_change import LiveChangeForm

from .serving import ServingRequest, serving


@require_http_methods(["GET", "HEAD", "POST"])
@serving
def change_live_offer(request: ServingRequest, partner: Partner, opportunity_pk: int) -> HttpResponse:
    """Asks for what is to change, of an opportunity that the partner offers and that is public."""
    opportunity = get_object_or_404(Opportunity, pk=opportunity_pk, offered_by=partner, live=True)
    form = LiveChangeForm(opportunity, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            change_live(opportunity, form.changes, request.user)
        except ValidationError as error:
            form.add_errors(error.message_dict if hasattr(error, "error_dict") else {"": error.messages})
        else:
            messages.success(request, f"“{opportunity}” is changed. The public sees it now.")
            return redirect("portal-opportunity-live", partner.pk, opportunity.pk)
    context = {"partner": partner, "opportunity": opportunity, "form": form, "section": "opportunities"}
    return render(request, "portal/live_change.html", context)

"""Throwing away a draft that was never public, or the changes of what is: a page with one button."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from opportunities import discarding
from opportunities.discarding import Discardable
from opportunities.models import Opportunity
from partners.models import Partner
from partners.services import EditedMeanwhile
from portal.views.serving import ServingRequest, serving

from .keeping import number_of
from .selectors import compose

WITH_OFFICERS = "The officers have this before them. Take it back first, then discard it."
MEANWHILE = "Somebody has saved this since you opened the page, so nothing was discarded. Look at it once more."
DONE = {
    Discardable.DRAFT: "The draft is discarded.",
    Discardable.CHANGES: "Your changes are discarded. The public page is as it was.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@serving
def discard(request: ServingRequest, partner: Partner, opportunity_pk: int) -> HttpResponse:
    """Asks whether to discard what was written, and says what goes with it; then does."""
    composition = compose(partner, opportunity_pk)
    if request.method == "POST":
        return _discard(request, partner, composition.opportunity)
    refusal = "" if composition.is_editable else WITH_OFFICERS
    if not refusal and composition.discardable is Discardable.NOTHING:
        refusal = discarding.NO_CHANGES if composition.opportunity.live else discarding.WAS_PUBLIC
    if refusal:
        messages.warning(request, refusal)
        return redirect("portal-opportunity", partner.pk, opportunity_pk)
    return render(request, "portal/opportunities/discard.html", {"partner": partner, "composition": composition})


def _discard(request: ServingRequest, partner: Partner, opportunity: Opportunity) -> HttpResponse:
    try:
        what = discarding.discard(opportunity, request.user, seen=number_of(request.POST.get("seen", "")))
    except EditedMeanwhile:
        messages.warning(request, MEANWHILE)
        return redirect("portal-opportunity-discard", partner.pk, opportunity.pk)
    except Opportunity.DoesNotExist:
        messages.warning(request, "Somebody has discarded it already.")
        return redirect("portal-opportunities", partner.pk)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("portal-opportunity", partner.pk, opportunity.pk)
    messages.success(request, DONE[what])
    if what is Discardable.DRAFT:
        return redirect("portal-opportunities", partner.pk)
    return redirect("portal-opportunity", partner.pk, opportunity.pk)

"""Saying that all is still right: by one button in the portal, or by the link in a message."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.see_other import see_other
from opportunities.selectors import live_of
from partners import still_right
from partners.assurances import State, standings
from partners.models import AssuranceKind, Partner
from partners.services import confirm

from .serving import ServingRequest, serving

CONFIRMED = "Thank you. Your pages say today’s date now."
CAME_BACK_LATE = (
    "Thank you. An officer has a look before the public sees your page again: it was away for more than a year."
)


@require_POST
@serving
def confirm_from_portal(request: ServingRequest, partner: Partner) -> HttpResponse:
    """Notes it, with who said so, and goes back to the overview."""
    confirm(partner, request.user)
    messages.success(request, CAME_BACK_LATE if partner.hidden_on else CONFIRMED)
    return see_other(reverse("portal", args=[partner.pk]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_right_page(request: HttpRequest, signed: str) -> HttpResponse:
    """What is public of the partner, and one button. Opening the page changes nothing: mail scanners open links.

    A link that was altered, used or has run out, or whose partner is not there, gets the same answer and says no more.
    """
    partner = still_right.read(signed)
    if partner is None:
        return render(request, "portal/still_right_gone.html", status=404)
    if request.method == "POST":
        confirm(partner)
        return see_other(reverse("still-right-thanks"))
    return render(request, "portal/still_right.html", _shown_of(partner))


@never_cache
@require_safe
def still_right_thanks(request: HttpRequest) -> HttpResponse:
    """Thanks, the same to everybody."""
    return render(request, "portal/still_right_thanks.html")


def _shown_of(partner: Partner) -> dict[str, Any]:
    """What the public sees of a partner, or would see again."""
    seen = standings(partner, AssuranceKind, partner.assurances.all(), timezone.localdate())
    return {
        "partner": partner,
        "offers": live_of(partner),
        "sites": partner.sites.all(),
        "documents": [held for held in seen if held.state not in (State.NEVER_SEEN, State.EXEMPT)],
    }

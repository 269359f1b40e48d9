"""The first page of the portal, and the choice of a partner for those who act for several."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.rules import is_officer, signed_in
from partners.models import Partner
from partners.selectors import served_by
from portal.selectors.dashboard import dashboard_of
from schools.selectors import schools_of

from .serving import ServingRequest, serving


@never_cache
@require_safe
@login_required
def choose_partner(request: HttpRequest) -> HttpResponse:
    """The partners and schools for which somebody acts; who acts for one goes straight on."""
    user = signed_in(request.user)
    partners, schools = list(served_by(user)), list(schools_of(user))
    if len(partners) == 1 and not schools:
        return redirect("portal", partners[0].pk)
    if len(schools) == 1 and not partners:
        return redirect("school-people", schools[0].pk)
    context = {
        "partners": partners,
        "schools": schools,
        "in_cms": user.has_perm("wagtailadmin.access_admin"),
        "checks": is_officer(user),
    }
    return render(request, "portal/choose_partner.html", context)


@require_safe
@serving
def dashboard(request: ServingRequest, partner: Partner) -> HttpResponse:
    """How a partner's page and offers stand, and what waits."""
    board = dashboard_of(partner, request.GET.get("state", ""), request.GET.get("page", ""))
    return render(request, "portal/dashboard.html", {"partner": partner, "board": board})

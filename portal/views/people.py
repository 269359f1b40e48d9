"""The people of a partner: everybody of it sees who they are, owners say who belongs to it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.invitations import revoke_invitation
from directory.see_other import see_other
from partners import people as services
from partners.models import Partner, PartnerMembership
from partners.rules import is_partner_owner
from portal.forms.joining import InvitePersonForm, RoleForm

from .limits import TOO_OFTEN, may_invite
from .serving import ServingRequest, owning, serving


def _page(request: ServingRequest, partner: Partner, form: InvitePersonForm, status: int = 200) -> HttpResponse:
    owns = is_partner_owner(request.user, partner)
    people = partner.memberships.select_related("user").order_by("-role", "user__last_name", "user__email")
    context = {
        "partner": partner,
        "people": people,
        "owns": owns,
        "invitations": services.waiting_invitations(partner) if owns else [],
        "form": form,
    }
    return render(request, "portal/people/people.html", context, status=status)


def _back(partner: Partner) -> HttpResponse:
    return see_other(reverse("portal-people", args=[partner.pk]))


@require_safe
@serving
def people(request: ServingRequest, partner: Partner) -> HttpResponse:
    """Who acts for the partner; for owners, who is invited."""
    return _page(request, partner, InvitePersonForm())


@require_POST
@owning
def invite(request: ServingRequest, partner: Partner) -> HttpResponse:
    """Invites somebody. The answer is the same whether or not the address has an account."""
    form = InvitePersonForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        if not may_invite(request):
            form.add_error(None, TOO_OFTEN)
            return _page(request, partner, form, 429)
        try:
            services.invite(partner, said["email"], said["role"], request.user)
        except ValidationError as error:
            form.add_error(None if "email" not in error.message_dict else "email", error.messages)
        else:
            messages.success(request, f"The invitation to {said['email']} is on its way. Its link works for 14 days.")
            return _back(partner)
    return _page(request, partner, form)


@require_POST
@owning
def revoke(request: ServingRequest, partner: Partner, pk: int) -> HttpResponse:
    """Takes an invitation back."""
    found = get_object_or_404(partner.invitations, pk=pk)
    if revoke_invitation(found, request.user):
        messages.success(request, "The invitation is taken back. Its link does not work any more.")
    else:
        messages.warning(request, "This invitation was answered meanwhile.")
    return _back(partner)


@require_POST
@owning
def set_role(request: ServingRequest, partner: Partner, pk: int) -> HttpResponse:
    """Makes somebody an owner, or no longer one."""
    membership = get_object_or_404(partner.memberships, pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            services.set_role(membership, form.cleaned_data["role"], request.user)
            messages.success(request, f"{membership.user} is now {_as(form.cleaned_data['role'])}.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    else:
        messages.error(request, "Choose owner or member.")
    return _back(partner)


def _as(role: str) -> str:
    return "an owner" if role == PartnerMembership.Role.OWNER else "a member"


@require_POST
@owning
def remove(request: ServingRequest, partner: Partner, pk: int) -> HttpResponse:
    """Ends that somebody else acts for the partner."""
    membership = get_object_or_404(partner.memberships.exclude(user=request.user), pk=pk)
    try:
        services.remove(membership, request.user)
        messages.success(request, f"{membership.user} does not act for {partner.name} any more.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(partner)


@require_POST
@serving
def leave(request: ServingRequest, partner: Partner) -> HttpResponse:
    """Ends that somebody acts for the partner, by their own wish."""
    membership = get_object_or_404(partner.memberships, user=request.user)
    try:
        services.remove(membership, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _back(partner)
    messages.success(request, f"You do not act for {partner.name} any more.")
    return see_other(reverse("portals"))

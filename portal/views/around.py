"""Sites and contacts of a partner: what stands beside its page, and is public as soon as it is saved."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from opportunities.selectors import at_site
from opportunities.services import remove_site
from partners import services
from partners.models import Contact, Partner, Site
from portal.forms.details import ContactPageForm, SitePageForm
from portal.views.serving import ServingRequest, serving

SITE, CONTACT, REMOVE = "portal/details/site.html", "portal/details/contact.html", "portal/details/remove.html"
read_and_post = require_http_methods(["GET", "HEAD", "POST"])


@read_and_post
@serving
def add_site(request: ServingRequest, partner: Partner) -> HttpResponse:
    """Adds a site."""
    return _site(request, partner, Site(partner=partner))


@read_and_post
@serving
def edit_site(request: ServingRequest, partner: Partner, site_pk: int) -> HttpResponse:
    """Changes a site of this partner."""
    return _site(request, partner, get_object_or_404(partner.sites, pk=site_pk))


def _site(request: ServingRequest, partner: Partner, site: Site) -> HttpResponse:
    form = SitePageForm(request.POST or None, instance=site)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_site(form.instance, form.features, request.user)
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, f"{site.name} is saved.")
            return redirect("portal-details", partner.pk)
    return render(request, SITE, {"partner": partner, "form": form, "site": site if site.pk else None})


@read_and_post
@serving
def drop_site(request: ServingRequest, partner: Partner, site_pk: int) -> HttpResponse:
    """Asks whether to remove a site, or says what still happens there; then removes it."""
    site = get_object_or_404(partner.sites, pk=site_pk)
    problem = ""
    if request.method == "POST":
        try:
            remove_site(site, request.user)
        except ValidationError as error:
            problem = error.messages[0]
        else:
            messages.success(request, f"{site.name} is removed.")
            return redirect("portal-details", partner.pk)
    used = [each for each in at_site(site) if each.live or each.offered_by_id == partner.pk]
    context = {"partner": partner, "what": f"the site {site.name}", "used": used, "problem": problem}
    return render(request, REMOVE, context)


@read_and_post
@serving
def add_contact(request: ServingRequest, partner: Partner) -> HttpResponse:
    """Adds somebody to ask."""
    return _contact(request, partner, Contact(partner=partner))


@read_and_post
@serving
def edit_contact(request: ServingRequest, partner: Partner, contact_pk: int) -> HttpResponse:
    """Changes somebody to ask at this partner."""
    return _contact(request, partner, get_object_or_404(partner.contacts, pk=contact_pk))


def _contact(request: ServingRequest, partner: Partner, contact: Contact) -> HttpResponse:
    form = ContactPageForm(request.POST or None, instance=contact)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_contact(form.instance, request.user)
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, f"{contact.name} is saved.")
            return redirect("portal-details", partner.pk)
    return render(request, CONTACT, {"partner": partner, "form": form, "contact": contact if contact.pk else None})


@read_and_post
@serving
def drop_contact(request: ServingRequest, partner: Partner, contact_pk: int) -> HttpResponse:
    """Asks whether to delete somebody to ask, then does."""
    contact = get_object_or_404(partner.contacts, pk=contact_pk)
    if request.method == "POST":
        services.remove_contact(contact, request.user)
        messages.success(request, f"{contact.name} is deleted.")
        return redirect("portal-details", partner.pk)
    return render(request, REMOVE, {"partner": partner, "what": contact.name, "used": [], "problem": ""})

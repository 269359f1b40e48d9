"""A partner's own page: written as a draft, looked at, sent to the officers and taken back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners import services
from partners.models import Partner
from portal.forms.details import PageForm
from portal.selectors.details import details_context, differences
from portal.views.serving import ServingRequest, serving

FORM = "portal/details/page.html"


@require_safe
@serving
def details(request: ServingRequest, partner: Partner) -> HttpResponse:
    """What stands on the own page, how it stands, the sites and whom to ask."""
    return render(request, "portal/details.html", {"partner": partner, **details_context(partner)})


@require_safe
@serving
def preview(request: ServingRequest, partner: Partner) -> HttpResponse:
    """The latest draft exactly as the public would see it."""
    draft: Partner = partner.get_latest_revision_as_object()
    return draft.serve_preview(request, "")


@require_http_methods(["GET", "HEAD", "POST"])
@serving
def edit_page(request: ServingRequest, partner: Partner) -> HttpResponse:
    """The form of the own page; it is kept as a draft, and then sent on or looked at if they like."""
    draft: Partner = partner.get_latest_revision_as_object()
    if request.method != "POST":
        try:
            services.check_open(partner, request.user)
        except ValidationError as error:
            messages.warning(request, error.messages[0])
            return redirect("portal-details", partner.pk)
        return render(request, FORM, {"partner": partner, "form": PageForm(instance=draft)})
    form = PageForm(request.POST, request.FILES, instance=draft)
    if not form.is_valid():
        return render(request, FORM, {"partner": partner, "form": form})
    return _keep(request, partner, form)


def _keep(request: ServingRequest, partner: Partner, form: PageForm) -> HttpResponse:
    try:
        services.keep_page(form.written(), request.user, seen=form.read, picture=form.chosen_picture)
    except services.EditedMeanwhile as meanwhile:
        return _show_theirs(request, partner, form, meanwhile)
    except ValidationError as error:
        form.take(error)
        return render(request, FORM, {"partner": partner, "form": form})
    then = request.POST.get("then")
    if then == "preview":
        return redirect("portal-details-preview", partner.pk)
    if then != "send":
        messages.success(request, "Your page is kept as a draft. The public does not see it yet.")
        return redirect("portal-details", partner.pk)
    return _send(request, partner)


def _show_theirs(
    request: ServingRequest, partner: Partner, form: PageForm, meanwhile: services.EditedMeanwhile
) -> HttpResponse:
    """What somebody else saved meanwhile, beside what was typed here. To save now is to have read it."""
    theirs: Partner = meanwhile.theirs.as_object()
    sent = request.POST.copy()
    sent["seen"] = str(meanwhile.theirs.pk)
    form.data = sent
    form.add_error(None, "Somebody else has saved this page while you wrote. Read what they wrote, then save again.")
    context = {
        "partner": partner,
        "form": form,
        "theirs": differences(form.instance, theirs),
        "meanwhile": meanwhile.theirs,
    }
    return render(request, FORM, context)


def _send(request: ServingRequest, partner: Partner) -> HttpResponse:
    try:
        services.submit(partner, request.user)
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            messages.warning(request, error.messages[0])
            return redirect("portal-details", partner.pk)
        # It is kept as a draft; the form shows what is still to be said.
        form = PageForm.of(Partner.objects.get(pk=partner.pk).get_latest_revision_as_object())
        form.take(error)
        return render(request, FORM, {"partner": partner, "form": form, "kept": True})
    messages.success(request, "Your page is with the officers. They read it, and you get an answer by e-mail.")
    return redirect("portal-details", partner.pk)


@require_POST
@serving
def send_page(request: ServingRequest, partner: Partner) -> HttpResponse:
    """Sends the latest draft to the officers."""
    return _send(request, partner)


@require_POST
@serving
def take_page_back(request: ServingRequest, partner: Partner) -> HttpResponse:
    """Takes back what is with the officers."""
    try:
        services.withdraw(partner, request.user)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(request, "You have taken your page back. It is a draft again.")
    return redirect("portal-details", partner.pk)

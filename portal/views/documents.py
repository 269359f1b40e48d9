"""A partner's documents: how they stand, sending one, looking at one's own, taking one back."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.documents.handing_out import hand_out
from partners.documents.reading.content import LARGEST_BYTES, TOO_LARGE
from partners.documents.reading.refusal import Refusal
from partners.documents.selectors import of_partner
from partners.documents.services import send_document, take_back
from partners.models import Partner
from portal.forms.documents import CHOICES, DocumentForm
from portal.selectors.documents import board
from portal.uploads import LimitedUpload, was_too_large

from .serving import SAID, ServingRequest, serving


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, partner_pk: int) -> HttpResponseBase:
    """How the documents stand, and the form that sends one.

    The limit must stand before anything reads the request, and what checks the form's token reads it: so that is asked
    behind it, by the view within.
    """
    request.upload_handlers.insert(0, LimitedUpload(request, LARGEST_BYTES))
    return _documents(request, partner_pk)


@csrf_protect
@serving
def _documents(request: ServingRequest, partner: Partner) -> HttpResponse:
    if request.method != "POST":
        return _page(request, partner, DocumentForm(initial={"what": request.GET.get("what", "")}))
    form = DocumentForm(request.POST, request.FILES)
    if was_too_large(request):
        form.errors.pop("file", None)
        form.add_error("file", TOO_LARGE)
    if not form.is_valid():
        return _page(request, partner, form)
    file = form.cleaned_data["file"]
    try:
        document = send_document(
            partner,
            request.user,
            form.choice.kind,
            is_letter=form.choice.is_letter,
            name=file.name,
            content=file.read(),
            expires=form.last_day(),
        )
    except (Refusal, ValidationError) as problem:
        form.refuse(problem)
        return _page(request, partner, form)
    messages.success(request, f"Sent: {document.what}. An officer looks at it, and we write to you then.")
    return redirect(reverse("portal-documents", args=[partner.pk]) + SAID)


def _page(request: ServingRequest, partner: Partner, form: DocumentForm) -> HttpResponse:
    context = {"partner": partner, "form": form, "offered": CHOICES, "board": board(partner)}
    return render(request, "portal/documents.html", context)


@require_safe
@serving
def document_file(request: ServingRequest, partner: Partner, key: UUID) -> HttpResponseBase:
    """One of the partner's own files."""
    return hand_out(get_object_or_404(of_partner(partner).exclude(file=""), key=key))


@require_POST
@serving
def take_document_back(request: ServingRequest, partner: Partner, key: UUID) -> HttpResponse:
    """Deletes a file that no officer has looked at yet."""
    document = get_object_or_404(of_partner(partner), key=key)
    try:
        take_back(document, request.user)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        messages.success(request, "It is deleted, and nobody looks at it any more.")
    return redirect("portal-documents", partner.pk)

"""A table of opportunities from a partner: sent, read with a result for each row, made into drafts."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opportunities.importing import services
from opportunities.importing.choices import choices_for
from opportunities.importing.template_files import csv_template, workbook_template
from opportunities.models import ImportRun
from opportunities.resources import PartnerOpportunityResource
from opportunities.tasks import carry_out_import, read_import
from partners.models import Partner
from portal.forms.upload import MEGABYTES, UploadForm
from portal.selectors.upload import LATEST, reading, uploads_of
from portal.uploads import was_too_large

from .serving import ServingRequest, serving

READ_AT_ONCE = 50  # rows: as many are read while one waits for the page
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DEALT_WITH = "This file has been dealt with already."


@require_http_methods(["GET", "HEAD", "POST"])
@serving
def upload(request: ServingRequest, partner: Partner) -> HttpResponse:
    """Sends a table, and lists those sent lately."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if was_too_large(request):
        form.errors.pop("file", None)
        form.add_error("file", services.TOO_LARGE.format(megabytes=MEGABYTES))
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = services.begin_upload(partner, file.name, file.size, file.read, user=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if run.rows_total <= READ_AT_ONCE:
                services.read(run)
            else:
                read_import.enqueue(run=run.pk)
            return redirect("portal-upload-run", partner.pk, run.pk)
    context = {
        "partner": partner,
        "form": form,
        "columns": PartnerOpportunityResource.fields.values(),
        "runs": uploads_of(partner)[:LATEST],
    }
    return render(request, "portal/upload/send.html", context)


@require_safe
@serving
def upload_run(request: ServingRequest, partner: Partner, run_pk: int) -> HttpResponse:
    """How an upload stands, row by row. A page that asks again by itself gets its progress alone."""
    run = _run(partner, run_pk)
    if request.headers.get("HX-Request"):
        if run.is_moving:
            return render(request, "portal/upload/progress.html", {"partner": partner, "run": run})
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"partner": partner, "run": run, "reading": reading(run, request.GET.get("page"))}
    return render(request, "portal/upload/run.html", context)


@serving
@require_POST
def confirm_upload(request: ServingRequest, partner: Partner, run_pk: int) -> HttpResponse:
    """Hands the file to the task worker, once."""
    run = _run(partner, run_pk)
    if services.confirm(run):
        carry_out_import.enqueue(run=run.pk)
    else:
        messages.warning(request, DEALT_WITH)
    return redirect("portal-upload-run", partner.pk, run.pk)


@serving
@require_POST
def discard_upload(request: ServingRequest, partner: Partner, run_pk: int) -> HttpResponse:
    """Deletes the file; nothing was made of it."""
    run = _run(partner, run_pk)
    if services.discard(run):
        messages.success(request, f"{run.file_name} was thrown away. Nothing was made of it.")
        return redirect("portal-upload", partner.pk)
    messages.warning(request, DEALT_WITH)
    return redirect("portal-upload-run", partner.pk, run.pk)


@require_safe
@serving
def upload_template(request: ServingRequest, partner: Partner, kind: str) -> HttpResponse:
    """A table to start from, with this partner's own sites among the choices. Raises Http404 for another kind of file."""
    if kind == "csv":
        body, content_type = csv_template(PartnerOpportunityResource), "text/csv; charset=utf-8"
    elif kind == "xlsx":
        body, content_type = workbook_template(PartnerOpportunityResource, choices_for(partner)), WORKBOOK
    else:
        raise Http404
    disposition = f'attachment; filename="opportunities.{kind}"'
    return HttpResponse(body, content_type=content_type, headers={"Content-Disposition": disposition})


def _run(partner: Partner, pk: int) -> ImportRun:
    return get_object_or_404(uploads_of(partner), pk=pk)

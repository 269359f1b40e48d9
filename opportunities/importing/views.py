"""The screens: send a file, see what would happen, confirm, watch."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.rules import is_officer, signed_in
from opportunities.models import ImportRun
from opportunities.tasks import carry_out_import, read_import
from taxonomy.resources import Outcome, Report

from . import services
from .forms import ImportForm
from .template_files import csv_template, workbook_template

READ_AT_ONCE = 100  # rows: as many are read while one waits for the page
ROWS_A_PAGE = 100
LATEST = 20
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def may_import(user: Any) -> bool:
    """Officers, who may add opportunities."""
    return bool(is_officer(user) and user.has_perm("opportunities.add_opportunity"))


def officers_runs() -> QuerySet[ImportRun]:
    """What officers sent; partners' own uploads are theirs alone."""
    return ImportRun.objects.filter(partner=None).select_related("sent_by")


class OfficersOnly(View):
    """Refuses everybody but officers."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Raises PermissionDenied for everybody else; the CMS has seen to it that somebody is signed in."""
        if not may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class SendView(OfficersOnly, WagtailAdminTemplateMixin, FormView):
    """Sends a file, and lists those sent lately."""

    form_class = ImportForm
    page_title = "Import"
    header_icon = "upload"
    template_name = "opportunities/importing/send.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the first page of the CMS."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the templates and the latest files."""
        return super().get_context_data(**kwargs, tables=ImportRun.Table.choices, runs=officers_runs()[:LATEST])

    def form_valid(self, form: ImportForm) -> HttpResponse:
        """Keeps the file and has it read, at once if it is short."""
        file = form.cleaned_data["file"]
        try:
            run = services.begin(
                form.cleaned_data["table"],
                file.name,
                file.size,
                file.read,
                publish=form.cleaned_data["publish"],
                user=signed_in(self.request.user),
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        if run.rows_total <= READ_AT_ONCE:
            services.read(run)
        else:
            read_import.enqueue(run=run.pk)
        return redirect("import-run", pk=run.pk)


class RunView(OfficersOnly, WagtailAdminTemplateMixin, TemplateView):
    """How a file stands, row by row."""

    header_icon = "upload"
    page_title = "Import"
    template_name = "opportunities/importing/run.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Finds the run. Raises Http404."""
        super().setup(request, *args, **kwargs)
        self.run = get_object_or_404(officers_runs(), pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """The name of the file."""
        return self.run.file_name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the list of files."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("import"), "label": "Import"},
            {"url": "", "label": self.run.file_name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the report, what wants attention first."""
        report = Report.from_json(self.run.report) if self.run.report else None
        pages = Paginator(report.remarkable_first if report else [], ROWS_A_PAGE)
        return super().get_context_data(
            **kwargs,
            run=self.run,
            report=report,
            rows=pages.get_page(self.request.GET.get("p")),
            counts=[(outcome.words, number) for outcome, number in report.counts.items() if number] if report else [],
            to_write=report.count(Outcome.NEW) + report.count(Outcome.CHANGED) if report else 0,
            stale=services.is_stale(self.run),
        )


class ConfirmView(OfficersOnly):
    """Says yes to importing."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hands the file to the task worker, once."""
        run = get_object_or_404(officers_runs(), pk=pk)
        if services.confirm(run):
            carry_out_import.enqueue(run=run.pk)
        else:
            messages.warning(request, "This file has been dealt with already.")
        return redirect("import-run", pk=pk)


class DiscardView(OfficersOnly):
    """Throws a file away."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Deletes the file; nothing of it was imported."""
        run = get_object_or_404(officers_runs(), pk=pk)
        if services.discard(run):
            messages.success(request, f"{run.file_name} was thrown away. Nothing of it was imported.")
            return redirect("import")
        messages.warning(request, "This file has been dealt with already.")
        return redirect("import-run", pk=pk)


class TemplateFileView(OfficersOnly):
    """A table to start from."""

    def get(self, request: HttpRequest, table: str, kind: str) -> HttpResponse:
        """A file to keep. Raises Http404 for a table that there is not."""
        if table not in services.RESOURCES or kind not in ("csv", "xlsx"):
            raise Http404
        resource_class = services.RESOURCES[table]
        body = csv_template(resource_class) if kind == "csv" else workbook_template(resource_class)
        return HttpResponse(
            body,
            content_type="text/csv; charset=utf-8" if kind == "csv" else WORKBOOK,
            headers={"Content-Disposition": f'attachment; filename="{table}.{kind}"'},
        )

"""The officers' pages: which documents wait, and deciding on one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.rules import is_officer, signed_in
from partners.assurances import standing
from partners.models import AssuranceDocument, AssuranceKind, Partner

from . import services
from .forms import AcceptForm, GiveBackForm
from .handing_out import hand_out
from .selectors import of_partner, waiting

ON_A_PAGE = 50
TITLE = "Documents to check"


def may_check(user: Any) -> bool:
    """Officers, who may decide on documents."""
    return bool(is_officer(user) and user.has_perm("partners.change_assurancedocument"))


class OfficersOnly(View):
    """Refuses everybody but officers."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Raises PermissionDenied for everybody else; the CMS has seen to it that somebody is signed in."""
        if not may_check(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class WaitingView(OfficersOnly, WagtailAdminTemplateMixin, TemplateView):
    """The documents that wait, the oldest first; or all that one partner sent, the latest first."""

    page_title = TITLE
    header_icon = "doc-full"
    template_name = "partners/documents/waiting.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the first page of the CMS."""
        return [*self.breadcrumbs_items, {"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the documents."""
        asked = self.request.GET.get("partner", "")
        partner = Partner.objects.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 10 else None
        found = of_partner(partner) if partner else waiting()
        pages = Paginator(found, ON_A_PAGE)
        return super().get_context_data(**kwargs, partner=partner, documents=pages.get_page(self.request.GET.get("p")))


class CheckView(OfficersOnly, WagtailAdminTemplateMixin, TemplateView):
    """One document: what was sent, how that kind stands, and what an officer can do."""

    page_title = TITLE
    header_icon = "doc-full"
    template_name = "partners/documents/check.html"
    # What this page was sent to decide, where that failed.
    failed: Form | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Finds the document. Raises Http404."""
        super().setup(request, *args, **kwargs)
        documents = AssuranceDocument.objects.select_related("partner", "sent_by", "decided_by")
        self.document = get_object_or_404(documents, key=kwargs["key"])

    @property
    def waits(self) -> bool:
        """Whether it is still to be decided."""
        return self.document.state == AssuranceDocument.State.WAITING

    def get_page_subtitle(self) -> str:
        """What it is, and whose."""
        return str(self.document)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the list."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("documents-to-check"), "label": TITLE},
            {"url": "", "label": str(self.document)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the document and the forms."""
        partner, failed = self.document.partner, self.failed
        kind = AssuranceKind(self.document.kind)
        accept = failed if isinstance(failed, AcceptForm) else AcceptForm(initial={"expires": self.document.expires})
        give_back = failed if isinstance(failed, GiveBackForm) else GiveBackForm()
        return super().get_context_data(
            **kwargs,
            document=self.document,
            waits=self.waits,
            standing=standing(partner, kind, partner.assurances.all(), services.today()),
            accept=accept,
            give_back=give_back,
            media=accept.media + give_back.media,
        )

    def show_again(self, form: Form, problem: ValidationError | None = None) -> HttpResponse:
        """The page once more, with what is to be mended; or as it is now, where somebody was quicker."""
        self.document.refresh_from_db()
        if problem is not None and not self.waits:
            messages.error(self.request, " ".join(problem.messages))
            return redirect("check-document", self.document.key)
        if problem is not None:
            form.add_error(None, problem)
        self.failed = form
        return self.render_to_response(self.get_context_data())

    def go_on(self, words: str) -> HttpResponse:
        """To the list, with a word on what was done."""
        messages.success(self.request, words)
        return redirect("documents-to-check")


class AcceptView(CheckView):
    """Accepts it, and records the assurance."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Records that this officer has seen it today."""
        form = AcceptForm(request.POST)
        if not form.is_valid():
            return self.show_again(form)
        try:
            services.accept(self.document, signed_in(request.user), expires=form.cleaned_data["expires"])
        except ValidationError as problem:
            return self.show_again(form, problem)
        return self.go_on(f"Accepted, and recorded as seen by you today: {self.document}.")


class GiveBackView(CheckView):
    """Returns it with a reason."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Tells the partner."""
        form = GiveBackForm(request.POST)
        if not form.is_valid():
            return self.show_again(form)
        try:
            services.give_back(self.document, signed_in(request.user), form.cleaned_data["reason"])
        except ValidationError as problem:
            return self.show_again(form, problem)
        return self.go_on(f"Returned: {self.document}. The partner has your words by e-mail and on its page.")


class DeleteDbsView(CheckView):
    """It is a DBS certificate: deletes the file at once."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Deletes it."""
        try:
            services.delete_dbs_certificate(self.document, signed_in(request.user))
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return redirect("check-document", key)
        return self.go_on("The file is deleted, and the partner is told why and what to send instead.")


class FileView(OfficersOnly):
    """The file, for an officer."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, key: UUID) -> HttpResponseBase:
        """Hands it out. Raises Http404 if it is gone."""
        return hand_out(get_object_or_404(AssuranceDocument.objects.exclude(file=""), key=key))

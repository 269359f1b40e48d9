"""Views of the CMS for what is drafted and moderated, and what officers do to a partner beside editing it."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.snippets.views import snippets
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from accounts.rules import signed_in
from taxonomy.forms import ForgivingSnippetChooser
from taxonomy.views import RefusesProtected, SearchingChooser, SelectsRelated

from . import services
from .forms import ReasonForm
from .models import Partner


class SnippetIndexView(SelectsRelated, snippets.IndexView):
    """The list of a kind of snippet, read with what it points to."""


class SaysWhyNot:
    """What may not be published or accepted after all is kept as a draft, with a message, never half-done."""

    request: HttpRequest

    def run_action_method(self) -> HttpResponse | None:
        """Publishes, submits or decides, all of it or nothing."""
        try:
            with transaction.atomic():
                response: HttpResponse | None = super().run_action_method()  # type: ignore[misc]  # of the view mixed into
        except ValidationError as error:
            messages.error(self.request, " ".join(["It is saved as a draft only.", *error.messages]))
            return redirect(self.get_edit_url())  # type: ignore[attr-defined]
        return response


class PublishableCreateView(SaysWhyNot, snippets.CreateView):
    """Adds a draft."""


class PublishableCopyView(SaysWhyNot, snippets.CopyView):
    """Adds a draft like another."""


class PublishableEditView(SaysWhyNot, snippets.EditView):
    """Changes a draft; moderators accept here too."""

    def workflow_action_action(self) -> HttpResponse | None:
        """Decides on what stands in the form: that is what the moderator read, with changes of their own."""
        state = self.object.current_workflow_task_state
        if self.workflow_action == "approve" and state is not None:
            state.revision = self.new_revision
            state.save(update_fields=["revision"])
        response: HttpResponse | None = super().workflow_action_action()
        return response


class PublishableDeleteView(RefusesProtected, snippets.DeleteView):
    """Deletes a snippet, unless others point to it."""


class WorkflowActionView(snippets.WorkflowActionView):
    """Accepts or returns, without the form, exactly the revision that was sent."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decides; says why not if it may not be accepted after all."""
        try:
            response: HttpResponse = super().post(request, *args, **kwargs)
        except ValidationError as error:
            messages.error(request, " ".join(["It was not accepted.", *error.messages]))
            return redirect(self.redirect_url)
        return response


class PublishableChooser(SearchingChooser, SnippetChooserViewSet):
    """Chooses a snippet, with a search."""

    base_widget_class = ForgivingSnippetChooser


class PublishableViewSet(snippets.SnippetViewSet):
    """Snippets with drafts and moderation."""

    index_view_class = SnippetIndexView
    add_view_class = PublishableCreateView
    copy_view_class = PublishableCopyView
    edit_view_class = PublishableEditView
    delete_view_class = PublishableDeleteView
    workflow_action_view_class = WorkflowActionView


class PartnerActionView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """One action on one partner."""

    model = Partner
    header_icon = "group"
    template_name = "cms/action_form.html"
    explanation = ""
    label = ""
    done = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Finds the partner."""
        super().setup(request, *args, **kwargs)
        self.object = get_object_or_404(Partner, pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """What is done to whom."""
        return f"{self.page_title}: {self.object}"

    def get_header_title(self) -> str:
        """The same."""
        return self.get_page_subtitle()

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way here."""
        name = Partner.snippet_viewset.get_url_name
        return [
            {"url": reverse(name("list")), "label": "Partners"},
            {"url": reverse(name("edit"), args=[self.object.pk]), "label": str(self.object)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what the form page shows."""
        return super().get_context_data(
            **kwargs,
            action_url=self.request.path,
            explanation=self.explanation,
            submit_button_label=self.label,
            submit_button_active_label="Saving…",
        )

    def go_back(self) -> HttpResponse:
        """To the partner, with a word on what was done."""
        messages.success(self.request, self.done.format(self.object))
        return redirect(reverse(Partner.snippet_viewset.get_url_name("edit"), args=[self.object.pk]))


class ConfirmView(PartnerActionView):
    """The partner has said that all is still right."""

    permission_required: ClassVar = "change"
    form_class = Form
    page_title = "Confirm"
    explanation = "Has the partner told you today that everything here is still right?"
    label = "Yes, note that they confirmed today"
    done = "{} is confirmed as of today."

    def form_valid(self, form: Form) -> HttpResponse:
        """Notes it."""
        services.confirm(self.object, signed_in(self.request.user), by_officer=True)
        return self.go_back()


class SuspendView(PartnerActionView):
    """Hides a partner and all that it offers or hosts."""

    permission_required: ClassVar = "suspend"
    form_class = ReasonForm
    page_title = "Suspend"
    explanation = (
        "The partner and everything that it offers or hosts leaves the public pages at once. Its people are signed out, what "
        "waits for moderation is taken back, and links that were sent to it stop working. Then you see whom to ring."
    )
    label = "Suspend"
    done = "{} is suspended."

    def form_valid(self, form: Form) -> HttpResponse:
        """Suspends it, and shows whom to ring."""
        try:
            services.suspend(self.object, signed_in(self.request.user), form.cleaned_data["reason"])
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
        else:
            messages.success(self.request, self.done.format(self.object))
        return redirect(reverse("whom_to_ring", args=[self.object.pk]))


class LiftSuspensionView(PartnerActionView):
    """Lets a partner be seen again."""

    permission_required: ClassVar = "suspend"
    form_class = ReasonForm
    page_title = "Lift the suspension"
    explanation = (
        "The partner and its offers can be seen again, as far as they are published and their documents hold. What waited for "
        "moderation waits again. Its people sign in again."
    )
    label = "Lift the suspension"
    done = "{} is no longer suspended."

    def form_valid(self, form: Form) -> HttpResponse:
        """Lifts it."""
        try:
            services.lift_suspension(self.object, signed_in(self.request.user), form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error("reason", " ".join(error.messages))
            return self.form_invalid(form)
        return self.go_back()

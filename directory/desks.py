"""The desks of the CMS at which officers answer notes and settle reports."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import Case, F, Model, QuerySet, When
from django.forms import CharField, Textarea
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.models import User
from directory import services
from directory.models import ProblemReport, WantedNote
from taxonomy.views import RelatedIndexView, choice_column

LONGEST_OUTCOME = 500
_GOES = "<p>If they left an e-mail address, write to them first: it is deleted as soon as you save what came of it.</p>"


class OutcomeForm(WagtailAdminModelForm):
    """What came of a note or a report. Saving it goes through the service, which lets go of the e-mail address."""

    for_user: User

    def save(self, commit: bool = True) -> Any:
        """Writes what came of it. `commit` is what Django's forms are called with."""
        self.write()
        self.instance.refresh_from_db()
        return self.instance

    def write(self) -> None:
        """Tells the service."""
        raise TypeError(f"{type(self).__name__} says what is written.")


def outcome_field() -> CharField:
    """Where an officer says what came of it: it cannot be left empty, since saving it settles the matter."""
    return CharField(
        label="What came of it",
        max_length=LONGEST_OUTCOME,
        error_messages={"required": "Say what came of it."},
        widget=Textarea(attrs={"rows": 4}),
    )


class AnswerForm(OutcomeForm):
    """What came of a note of what is missing."""

    answer = outcome_field()

    class Meta(WagtailAdminModelForm.Meta):
        model = WantedNote
        fields = ("answer",)

    def write(self) -> None:
        """Tells the service."""
        services.answer_wanted_note(self.instance, self.for_user, self.cleaned_data["answer"], timezone.now())


class SettleForm(OutcomeForm):
    """What came of a report."""

    outcome = outcome_field()

    class Meta(WagtailAdminModelForm.Meta):
        model = ProblemReport
        fields = ("outcome",)

    def write(self) -> None:
        """Tells the service."""
        services.settle_report(self.instance, self.for_user, self.cleaned_data["outcome"], timezone.now())


class WantedNoteFilterSet(WagtailFilterSet):
    """By whom it is for, and whether it is still open."""

    open = django_filters.BooleanFilter("answered_at", lookup_expr="isnull", label="Still open")

    class Meta:
        model = WantedNote
        fields = ("audience",)


class ProblemReportFilterSet(WagtailFilterSet):
    """By kind, and whether it is still open."""

    open = django_filters.BooleanFilter("settled_at", lookup_expr="isnull", label="Still open")

    class Meta:
        model = ProblemReport
        fields = ("kind",)


class WantedNotesView(RelatedIndexView):
    """Notes: open ones first, the newest first."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """In this order unless another is chosen."""
        return super().get_base_queryset().order_by(F("answered_at").asc(nulls_first=True), "-made_at", "-pk")


class ProblemReportsView(RelatedIndexView):
    """Reports: open concerns first, then the other open ones, the newest first."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """In this order unless another is chosen."""
        first = Case(When(kind=ProblemReport.Kind.CONCERN, settled_at=None, then=0), default=1)
        return super().get_base_queryset().order_by(first, F("settled_at").asc(nulls_first=True), "-made_at", "-pk")


class LeftByVisitorsViewSet(ModelViewSet):
    """What only visitors add; officers say what came of it, and nothing else of it is changed."""

    copy_view_enabled = False
    search_backend_name = None


class WantedNoteViewSet(LeftByVisitorsViewSet):
    """Notes of what is missing."""

    model = WantedNote
    icon = "comment"
    menu_label = "Wanted notes"
    index_view_class = WantedNotesView
    list_display: ClassVar = ["in_brief", "audience", "when", "made_at", "answered_at"]
    # Without the address: it is to be forgotten, and a file is not.
    list_export: ClassVar = ["what", "audience", "when", "made_at", "answered_at", "answer"]
    export_filename = "wanted-notes"
    filterset_class = WantedNoteFilterSet
    search_fields: ClassVar = ["what", "when", "answer"]
    edit_handler = ObjectList(
        [
            FieldPanel("what", read_only=True),
            FieldPanel("audience", read_only=True),
            FieldPanel("when", read_only=True),
            FieldPanel("email", read_only=True),
            FieldPanel("made_at", read_only=True),
            HelpPanel(_GOES),
            FieldPanel("answer"),
        ],
        base_form_class=AnswerForm,
    )


class ProblemReportViewSet(LeftByVisitorsViewSet):
    """Reports of problems."""

    model = ProblemReport
    icon = "warning"
    menu_label = "Problem reports"
    index_view_class = ProblemReportsView
    list_display: ClassVar = [
        "in_brief",
        choice_column("kind", "Kind"),
        "opportunity",
        "partner",
        "made_at",
        "settled_at",
    ]
    list_export: ClassVar = ["kind", "what", "opportunity", "partner", "made_at", "settled_at", "outcome"]
    export_filename = "problem-reports"
    filterset_class = ProblemReportFilterSet
    search_fields: ClassVar = ["what", "outcome", "opportunity__title", "partner__name"]
    edit_handler = ObjectList(
        [
            FieldPanel("kind", read_only=True),
            FieldPanel("what", read_only=True),
            FieldPanel("opportunity", read_only=True),
            FieldPanel("partner", read_only=True),
            FieldPanel("email", read_only=True),
            FieldPanel("made_at", read_only=True),
            HelpPanel(_GOES),
            FieldPanel("outcome"),
        ],
        base_form_class=SettleForm,
    )


class FromVisitorsPanel(Component):
    """On the front page of the CMS: what visitors wrote that nobody has answered."""

    name = "from_visitors"
    template_name = "cms/from_visitors_panel.html"
    order = 40

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """How many are open, concerns by themselves."""
        reports = ProblemReport.objects.filter(settled_at=None)
        concerns = reports.filter(kind=ProblemReport.Kind.CONCERN).count()
        return {
            "concerns": concerns,
            "reports": reports.count() - concerns,
            "notes": WantedNote.objects.filter(answered_at=None).count(),
            "request": parent_context["request"] if parent_context else None,
        }


#: What nobody does with either, whatever their permissions: visitors write them, and the nightly command deletes them.
NEVER = ("add", "delete")
MODELS: tuple[type[Model], ...] = (WantedNote, ProblemReport)

"""Panels of the CMS: what stands around an opportunity, the placement standard, and the officers' day."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.admin.panels import InlinePanel, Panel
from wagtail.admin.ui.components import Component

from partners.assurances import State
from partners.documents.selectors import waiting as waiting_documents
from partners.four_eyes import why_not_by
from partners.panels import AroundPanel
from partners.selectors import expiring_assurances, hidden_by_silence, unconfirmed

from .forms import PathwayFormSet
from .kinds import Kind
from .models import Opportunity
from .requirements import QUESTIONS, publication_problems
from .scheduling import overdue, refusal
from .selectors import (
    hidden_by_documents,
    host_standings,
    is_held,
    quality,
    requirements_by_kind,
    undecided,
    visibility,
    waiting_for_moderation,
    with_parts,
)

SHOWN = 10


class AroundOpportunityPanel(AroundPanel):
    """Sessions and safeguarding decisions of an opportunity."""

    parameter = "opportunity"
    lists: ClassVar = (
        ("Sessions", "sessions", "session"),
        ("Safeguarding decisions", "safeguarding_decisions", "safeguarding_decision"),
    )


class PathwaysPanel(InlinePanel):
    """What it leads to: other opportunities only."""

    def get_form_options(self) -> dict[str, Any]:
        """Has the rows looked over together."""
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = PathwayFormSet
        return options


class StandingPanel(Panel):
    """Whether the public sees it and why not; for a placement, how it stands against the quality standard."""

    class BoundPanel(Panel.BoundPanel):
        """The standing of one opportunity."""

        template_name = "cms/standing_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Judges what the public could see, and what the draft lacks; a new one has nothing to judge."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            if self.instance.pk is None:
                return context
            context["opportunity"] = self.instance
            context["visibility"] = visibility(Opportunity.objects.get(pk=self.instance.pk))
            partners = {self.instance.offered_by, self.instance.host}
            context["unconfirmed"] = [one for one in partners if one.freshness.overdue(timezone.localdate())]
            context["held"] = is_held(self.instance)
            context["own"] = why_not_by(self.request.user, self.instance)
            context["missing"] = list(publication_problems(self.instance).values())
            if self.instance.kind == Kind.PLACEMENT:
                criteria = quality(self.instance)
                context["criteria"] = criteria
                context["met"] = sum(criterion.met for criterion in criteria)
            return context


class AnswersPanel(Panel):
    """The safeguarding answers that a decision would be about."""

    class BoundPanel(Panel.BoundPanel):
        """Those of the opportunity that is chosen."""

        template_name = "cms/answers_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Adds the opportunity as its latest draft says it, and each question with its answer."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            opportunity = self.form.chosen()
            if opportunity is not None:
                context["opportunity"] = opportunity
                context["answers"] = [
                    (getattr(Opportunity, question).field.verbose_name, getattr(opportunity, question))
                    for question in QUESTIONS
                ]
            return context


class OfficersPanel(Component):
    """On the front page of the CMS: what waits for an officer."""

    name = "officers"
    template_name = "cms/officers_panel.html"
    order = 50

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The oldest of each, with how many there are in all."""
        lists = (
            ("moderation", waiting_for_moderation()),
            ("undecided", undecided()),
            ("documents", waiting_documents()),
            ("expiring", expiring_assurances()),
            ("unconfirmed", unconfirmed()),
            ("silent", hidden_by_silence()),
        )
        context: dict[str, Any] = {
            name: {"total": queryset.count(), "rows": list(queryset[:SHOWN])} for name, queryset in lists
        }
        context["lapsed"] = _with_reasons(hidden_by_documents())
        late = overdue()
        context["overdue"] = {"total": late.count(), "rows": [refusal(revision) for revision in late[:SHOWN]]}
        context["request"] = parent_context["request"] if parent_context else None
        return context


def _with_reasons(hidden: QuerySet[Opportunity]) -> dict[str, Any]:
    """How many are hidden by documents, and the first of them, each with the documents that have lapsed."""
    needed = requirements_by_kind()
    rows = []
    for opportunity in with_parts(hidden)[:SHOWN]:
        held = host_standings(opportunity, needed.get(opportunity.kind, frozenset()))
        rows.append((opportunity, [one for one in held if one.state is State.LAPSED]))
    return {"total": hidden.count(), "rows": rows}

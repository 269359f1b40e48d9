"""Opportunities in the CMS."""

from typing import ClassVar

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, Panel, TabbedInterface
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from accounts.rules import is_officer
from partners.views import PublishableChooser, PublishableViewSet
from taxonomy.rules import KeptAsItIs
from taxonomy.views import PrefilledCreateView, RefusingDeleteView, RelatedIndexView, choice_column

from .filters import OpportunityFilterSet, SessionFilterSet
from .forms import OpportunityForm, SafeguardingDecisionForm, SessionForm
from .importing import wagtail_hooks as importing_hooks  # noqa: F401  registers the screens of the import
from .models import AssuranceRequirement, Campaign, Opportunity, SafeguardingDecision, Session
from .panels import AnswersPanel, AroundOpportunityPanel, OfficersPanel, StandingPanel
from .tabs import BY_KIND, WHAT, WHERE, WHO
from .views import SessionCreateView, SessionDeleteView, SessionEditView
from .whom_to_ring import WhomToRingView

# What an officer decided is never changed: a new decision takes its place.
register_permission_policy(SafeguardingDecision, KeptAsItIs(SafeguardingDecision, "change", "delete"))


class OpportunityChooser(PublishableChooser):
    """Finds an opportunity by its title or its partner."""

    search_fields = ("title", "offered_by__name", "reference")
    also_show = ("offered_by",)


class OpportunityViewSet(PublishableViewSet):
    """Opportunities, with drafts, moderation, scheduling, preview, history and locking."""

    model = Opportunity
    icon = "pick"
    menu_label = "Opportunities"
    list_display: ClassVar = [
        "title",
        choice_column("kind", "Kind"),
        "offered_by",
        UpdatedAtColumn(),
        LiveStatusTagColumn(),
    ]
    list_export: ClassVar = [
        "reference",
        "title",
        "kind",
        "offered_by",
        "hosted_by",
        "summary",
        "description",
        "format",
        "place",
        "availability",
        "year_from",
        "year_to",
        "cost",
        "cost_amount",
        "deadline",
        "live",
    ]
    # As the import calls them, so that it takes an exported file back.
    export_headings: ClassVar = {"offered_by": "Partner", "hosted_by": "Host"}
    export_filename = "opportunities"
    filterset_class = OpportunityFilterSet
    search_fields: ClassVar = ["title", "summary", "reference", "offered_by__name"]
    search_backend_name = None
    copy_view_enabled = False
    chooser_viewset_class = OpportunityChooser
    ordering: ClassVar = ["title"]
    edit_handler = TabbedInterface(
        [
            WHAT,
            WHO,
            WHERE,
            BY_KIND,
            ObjectList(
                [StandingPanel(heading="Standing"), AroundOpportunityPanel(heading="Around it")],
                heading="Standing and sessions",
            ),
        ],
        base_form_class=OpportunityForm,
    )


class SessionViewSet(ModelViewSet):
    """Dated sessions."""

    model = Session
    icon = "calendar"
    index_view_class = RelatedIndexView
    add_view_class = SessionCreateView
    edit_view_class = SessionEditView
    delete_view_class = SessionDeleteView
    edit_handler = ObjectList(
        [
            FieldPanel("opportunity"),
            FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
            FieldRowPanel([FieldPanel("capacity"), FieldPanel("taken"), FieldPanel("waiting")]),
            FieldPanel("label"),
        ],
        base_form_class=SessionForm,
    )
    list_display: ClassVar = ["opportunity", "starts", "capacity", "taken", "waiting", "cancelled_at"]
    filterset_class = SessionFilterSet
    list_export: ClassVar = ["opportunity", "starts", "ends", "capacity", "taken", "waiting", "label", "cancelled_at"]
    export_filename = "sessions"
    search_fields: ClassVar = ["opportunity__title", "label"]
    search_backend_name = None
    copy_view_enabled = True
    ordering: ClassVar = ["starts"]


class SafeguardingDecisionViewSet(ModelViewSet):
    """Officers' decisions: made once, never changed; a new one takes the place of the last."""

    model = SafeguardingDecision
    icon = "lock"
    menu_label = "Safeguarding decisions"
    index_view_class = RelatedIndexView
    add_view_class = PrefilledCreateView
    inspect_view_enabled = True
    copy_view_enabled = False
    list_display: ClassVar = ["opportunity", "accepted", "decided_by", "decided_at"]
    list_filter: ClassVar = ["accepted"]
    search_fields: ClassVar = ["opportunity__title", "reason"]
    search_backend_name = None
    edit_handler = ObjectList(
        [FieldPanel("opportunity"), AnswersPanel(heading="The answers"), FieldPanel("accepted"), FieldPanel("reason")],
        base_form_class=SafeguardingDecisionForm,
    )


class CampaignViewSet(ModelViewSet):
    """Campaigns with their dates."""

    model = Campaign
    icon = "date"
    delete_view_class = RefusingDeleteView
    panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
    ]
    list_display: ClassVar = ["name", "starts_on", "ends_on"]
    copy_view_enabled = False


class AssuranceRequirementViewSet(ModelViewSet):
    """Which documents the host of each kind must have shown."""

    model = AssuranceRequirement
    icon = "clipboard-list"
    menu_label = "Documents needed"
    panels: ClassVar[list[Panel]] = [FieldRowPanel([FieldPanel("opportunity_kind"), FieldPanel("assurance_kind")])]
    list_display: ClassVar = ["__str__"]
    list_filter: ClassVar = ["opportunity_kind"]
    copy_view_enabled = False


class OpportunitiesGroup(SnippetViewSetGroup):
    """The menu of opportunities."""

    menu_label = "Opportunities"
    menu_icon = "pick"
    menu_order = 110
    items = (
        OpportunityViewSet(),
        SessionViewSet("session", url_prefix="opportunities/sessions"),
        SafeguardingDecisionViewSet("safeguarding_decision", url_prefix="opportunities/safeguarding-decisions"),
        CampaignViewSet("campaign", url_prefix="opportunities/campaigns"),
        AssuranceRequirementViewSet("assurance_requirement", url_prefix="opportunities/documents-needed"),
    )


register_snippet(OpportunitiesGroup)


@hooks.register("construct_homepage_panels")
def officers_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Officers see first what waits for them."""
    if is_officer(request.user):
        panels.insert(0, OfficersPanel())


@hooks.register("register_admin_urls")
def whom_to_ring() -> list[URLPattern]:
    """Where an officer goes on to once a partner is suspended."""
    return [path("partners/whom-to-ring/<int:pk>/", WhomToRingView.as_view(), name="whom_to_ring")]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of an opportunity can say, besides what Wagtail says itself."""
    actions.register_action(
        "opportunities.decide_safeguarding", "Safeguarding decision", "Decided on the safeguarding answers"
    )
    actions.register_action(
        "opportunities.change_live", "Change live", "Changed the price or the last day, without a check"
    )
    actions.register_action("opportunities.discard_changes", "Discard changes", "Discarded the changes of a live one")
    actions.register_action("opportunities.add_session", "Add session", "Added a session")
    actions.register_action("opportunities.add_sessions", "Add sessions", "Added several sessions")
    actions.register_action("opportunities.cancel_session", "Cancel session", "Cancelled a session")
    actions.register_action("opportunities.set_places", "Set places", "Set the places of a session")
    actions.register_action("opportunities.edit_session", "Change session", "Changed a session")
    actions.register_action("opportunities.delete_session", "Delete session", "Deleted a session")

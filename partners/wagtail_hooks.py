"""Partners in the CMS."""

from typing import Any, ClassVar

from django.db import router
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn, UserColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from taxonomy.forms import ForgivingImageChooser
from taxonomy.views import PrefilledCreateView, RelatedIndexView, SearchingChooser, choice_column, why_kept

from .desks import MembershipViewSet, PartnerApplicationViewSet, PartnerInvitationViewSet
from .documents import wagtail_hooks as documents  # noqa: F401  its hooks are registered
from .filters import PartnerFilterSet
from .forms import AssuranceForm, PartnerForm, RecognitionHeldForm, SiteForm
from .models import Assurance, Contact, Partner, PartnerRecognition, Publishable, Relationship, Site
from .panels import AroundPartnerPanel, PartnerStandingPanel
from .views import ConfirmView, LiftSuspensionView, PublishableChooser, PublishableViewSet, SuspendView


class PartnerChooser(PublishableChooser):
    """Finds a partner by name."""

    search_fields = ("name", "reference")


class SiteChooser(SearchingChooser):
    """Finds a site by its name, its partner or its postcode."""

    model = Site
    icon = "site"
    choose_one_text = "Choose a site"
    choose_another_text = "Choose another site"
    search_fields = ("name", "partner__name", "postcode")
    also_show = ("partner",)


class PartnerViewSet(PublishableViewSet):
    """Partners, with drafts, moderation, scheduling, preview, history and locking."""

    model = Partner
    icon = "group"
    menu_label = "Partners"
    list_display: ClassVar = [
        "name",
        choice_column("kind", "Kind"),
        "confirmed_on",
        UpdatedAtColumn(),
        LiveStatusTagColumn(),
    ]
    list_export: ClassVar = [
        "reference",
        "name",
        "kind",
        "summary",
        "website",
        "email",
        "telephone",
        "has_employees",
        "confirmed_on",
        "live",
    ]
    export_headings: ClassVar = {"telephone": "Phone"}  # as the import calls it
    export_filename = "partners"
    filterset_class = PartnerFilterSet
    search_fields: ClassVar = ["name", "summary", "reference"]
    search_backend_name = None
    copy_view_enabled = False
    chooser_viewset_class = PartnerChooser
    ordering: ClassVar = ["name"]

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name", required_on_save=True),
                    FieldRowPanel([FieldPanel("kind", required_on_save=True), FieldPanel("has_employees")]),
                    FieldPanel("summary"),
                    FieldPanel("description"),
                    FieldPanel("sectors"),
                    FieldPanel("image", widget=ForgivingImageChooser),
                    MultiFieldPanel(
                        [FieldPanel("website"), FieldRowPanel([FieldPanel("email"), FieldPanel("telephone")])],
                        heading="How to reach the organisation",
                    ),
                    FieldRowPanel([FieldPanel("reference"), FieldPanel("confirmed_on")]),
                    PublishingPanel(),
                ],
                heading="Partner",
            ),
            ObjectList(
                [PartnerStandingPanel(heading="Standing"), AroundPartnerPanel(heading="Around it")],
                heading="Sites, people and documents",
            ),
        ],
        base_form_class=PartnerForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        """Adds what officers do beside editing."""
        patterns: list[URLPattern] = super().get_urlpatterns()
        return [
            *patterns,
            path("confirm/<int:pk>/", ConfirmView.as_view(), name="confirm"),
            path("suspend/<int:pk>/", SuspendView.as_view(), name="suspend"),
            path("lift-suspension/<int:pk>/", LiftSuspensionView.as_view(), name="lift_suspension"),
        ]


class BelongsToPartner(ModelViewSet):
    """Something kept about a partner outside its revisions."""

    index_view_class = RelatedIndexView
    add_view_class = PrefilledCreateView
    copy_view_enabled = False
    search_backend_name = None


class SiteViewSet(BelongsToPartner):
    """Where partners are."""

    model = Site
    icon = "site"
    edit_handler = ObjectList(
        [
            FieldPanel("partner"),
            FieldPanel("name"),
            FieldPanel("address"),
            FieldRowPanel([FieldPanel("postcode"), FieldPanel("order")]),
            FieldPanel("access_features", widget=CheckboxSelectMultiple),
        ],
        base_form_class=SiteForm,
    )
    list_display: ClassVar = ["name", "partner", "postcode"]
    search_fields: ClassVar = ["name", "partner__name", "postcode"]


class ContactViewSet(BelongsToPartner):
    """Whom to ask at a partner."""

    model = Contact
    icon = "user"
    panels: ClassVar[list[Panel]] = [
        FieldPanel("partner"),
        FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
        FieldRowPanel([FieldPanel("email"), FieldPanel("telephone")]),
        FieldPanel("is_public"),
    ]
    list_display: ClassVar = ["name", "partner", "role", "is_public"]
    search_fields: ClassVar = ["name", "partner__name"]


class AssuranceViewSet(BelongsToPartner):
    """Documents that officers have seen."""

    model = Assurance
    icon = "doc-full"
    list_display: ClassVar = [
        "partner",
        choice_column("kind", "Kind"),
        "seen_on",
        "expires",
        UserColumn("seen_by"),
    ]
    list_filter: ClassVar = {"kind": ["exact"], "expires": ["lte", "gte"]}
    list_export: ClassVar = ["partner", "kind", "note", "seen_on", "seen_by", "expires"]
    export_filename = "documents-seen"
    search_fields: ClassVar = ["partner__name", "note"]
    edit_handler = ObjectList(
        [
            FieldPanel("partner"),
            FieldPanel("kind"),
            FieldPanel("note"),
            FieldRowPanel([FieldPanel("seen_on"), FieldPanel("expires")]),
        ],
        base_form_class=AssuranceForm,
    )


class RecognitionHeldViewSet(BelongsToPartner):
    """Awards that partners hold."""

    model = PartnerRecognition
    icon = "pick"
    menu_label = "Recognitions held"
    edit_handler = ObjectList(
        [FieldPanel("partner"), FieldRowPanel([FieldPanel("recognition"), FieldPanel("expires")])],
        base_form_class=RecognitionHeldForm,
    )
    list_display: ClassVar = ["partner", "recognition", "expires"]
    search_fields: ClassVar = ["partner__name"]


class RelationshipViewSet(BelongsToPartner):
    """Which department looks after which partner."""

    model = Relationship
    icon = "link"
    panels: ClassVar[list[Panel]] = [
        FieldPanel("partner"),
        FieldRowPanel([FieldPanel("department"), FieldPanel("owner"), FieldPanel("status")]),
        FieldRowPanel([FieldPanel("started_on"), FieldPanel("ended_on")]),
    ]
    list_display: ClassVar = ["partner", "department", "owner", choice_column("status", "Status")]
    list_filter: ClassVar = ["department", "status"]
    list_export: ClassVar = ["partner", "department", "owner", "status", "started_on", "ended_on"]
    search_fields: ClassVar = ["partner__name"]


class PartnersGroup(SnippetViewSetGroup):
    """The menu of partners."""

    menu_label = "Partners"
    menu_icon = "group"
    menu_order = 120
    items = (
        PartnerViewSet(),
        SiteViewSet("site", url_prefix="partners/sites"),
        ContactViewSet("contact", url_prefix="partners/contacts"),
        AssuranceViewSet("assurance", url_prefix="partners/documents", menu_label="Documents seen"),
        RecognitionHeldViewSet("recognition_held", url_prefix="partners/recognitions"),
        RelationshipViewSet("relationship", url_prefix="partners/relationships"),
        MembershipViewSet("partner_membership", url_prefix="partners/people"),
        PartnerInvitationViewSet("partner_invitation", url_prefix="partners/invitations"),
        PartnerApplicationViewSet("partner_application", url_prefix="partners/applications"),
    )


register_snippet(PartnersGroup)


@hooks.register("register_admin_viewset")
def register_site_chooser() -> SiteChooser:
    """Lets opportunities choose a site."""
    return SiteChooser("site_chooser", url_prefix="partners/choose-site")


@hooks.register("before_bulk_action")
def refuse_protected(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Many may be deleted at once only if each may be deleted."""
    if action_type != "delete" or not issubclass(action.model, Publishable):
        return None
    try:
        Collector(using=router.db_for_write(action.model)).collect(objects)
    except (ProtectedError, RestrictedError) as error:
        messages.error(request, why_kept(error, objects[0]))
        return redirect(action.next_url)
    return None


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of a partner can say, besides what Wagtail says itself."""
    actions.register_action(
        "partners.accept_own", "Accept alone", "Accepted alone what was their own, as an administrator"
    )
    actions.register_action("partners.confirm", "Confirm", "Confirmed that all is still right")
    actions.register_action("partners.warn", "Warn", "Told that it leaves the public pages unless it confirms")
    actions.register_action("partners.hide", "Hide", "Left the public pages: nobody had confirmed it")
    actions.register_action("partners.suspend", "Suspend", "Suspended")
    actions.register_action("partners.lift_suspension", "Lift suspension", "Suspension lifted")
    actions.register_action("partners.assure", "Document seen", "Recorded a document as seen")
    actions.register_action("partners.edit_details", "Edit details", "Changed sites, contacts or relationships")
    actions.register_action("partners.apply", "Apply", "Sent an application")
    actions.register_action("partners.application_accepted", "Accept application", "Accepted the application")
    actions.register_action("partners.application_merged", "Join to a partner", "Joined the application to a partner")
    actions.register_action("partners.application_declined", "Decline application", "Declined the application")
    actions.register_action("partners.set_role", "Set role", "Gave somebody another role")
    actions.register_action("partners.remove_person", "Remove person", "Removed somebody")
    actions.register_action("partners.leave", "Leave", "Left by themselves")

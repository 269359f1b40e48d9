"""Partners in the CMS."""

from typing import ClassVar

from wagtail import hooks
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import UpdatedAtColumn, UserColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .filters import PartnerFilterSet
from .forms import PartnerForm
from .models import Assurance, Contact, Partner, PartnerMembership, PartnerRecognition, Relationship, Site
from .panels import AroundPartnerPanel
from .views import PrefilledCreateView


class PartnerViewSet(SnippetViewSet):
    """Partners, with drafts, moderation, scheduling, preview, history and locking."""

    model = Partner
    icon = "group"
    menu_label = "Partners"
    list_display: ClassVar = ["name", "get_kind_display", "confirmed_on", UpdatedAtColumn(), "status_string"]
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
    export_filename = "partners"
    filterset_class = PartnerFilterSet
    search_fields: ClassVar = ["name", "summary", "reference"]
    search_backend_name = None
    copy_view_enabled = False
    ordering: ClassVar = ["name"]

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("has_employees")]),
                    FieldPanel("summary"),
                    FieldPanel("description"),
                    FieldPanel("sectors"),
                    FieldPanel("image"),
                    MultiFieldPanel(
                        [FieldPanel("website"), FieldRowPanel([FieldPanel("email"), FieldPanel("telephone")])],
                        heading="How to reach the organisation",
                    ),
                    FieldRowPanel([FieldPanel("reference"), FieldPanel("confirmed_on")]),
                    PublishingPanel(),
                ],
                heading="Partner",
            ),
            ObjectList([AroundPartnerPanel()], heading="Sites, people and documents"),
        ],
        base_form_class=PartnerForm,
    )


class BelongsToPartner(ModelViewSet):
    """Something kept about a partner outside its revisions."""

    add_view_class = PrefilledCreateView
    copy_view_enabled = False
    search_backend_name = None
    list_filter: ClassVar[list[str] | dict[str, list[str]]] = ["partner"]


class SiteViewSet(BelongsToPartner):
    """Where partners are."""

    model = Site
    icon = "site"
    form_fields: ClassVar = ["partner", "name", "address", "postcode", "access_features", "order"]
    list_display: ClassVar = ["name", "partner", "postcode"]
    search_fields: ClassVar = ["name", "partner__name", "postcode"]


class ContactViewSet(BelongsToPartner):
    """Whom to ask at a partner."""

    model = Contact
    icon = "user"
    form_fields: ClassVar = ["partner", "name", "role", "email", "telephone", "is_public"]
    list_display: ClassVar = ["name", "partner", "role", "is_public"]
    search_fields: ClassVar = ["name", "partner__name"]


class AssuranceViewSet(BelongsToPartner):
    """Documents that officers have seen."""

    model = Assurance
    icon = "doc-full"
    list_display: ClassVar = ["partner", "get_kind_display", "seen_on", "expires", UserColumn("seen_by")]
    list_filter: ClassVar = {"kind": ["exact"], "expires": ["lte", "gte"], "partner": ["exact"]}
    list_export: ClassVar = ["partner", "kind", "note", "seen_on", "seen_by", "expires"]
    export_filename = "documents-seen"
    search_fields: ClassVar = ["partner__name", "note"]
    panels: ClassVar[list[Panel]] = [
        FieldPanel("partner"),
        FieldPanel("kind"),
        FieldPanel("note"),
        FieldRowPanel([FieldPanel("seen_on"), FieldPanel("expires")]),
        FieldPanel("seen_by"),
    ]


class RecognitionHeldViewSet(BelongsToPartner):
    """Awards that partners hold."""

    model = PartnerRecognition
    icon = "pick"
    menu_label = "Recognitions held"
    form_fields: ClassVar = ["partner", "recognition", "expires"]
    list_display: ClassVar = ["partner", "recognition", "expires"]
    search_fields: ClassVar = ["partner__name"]


class RelationshipViewSet(BelongsToPartner):
    """Which department looks after which partner."""

    model = Relationship
    icon = "link"
    form_fields: ClassVar = ["partner", "department", "owner", "status", "started_on", "ended_on"]
    list_display: ClassVar = ["partner", "department", "owner", "get_status_display"]
    list_filter: ClassVar = ["department", "status"]
    list_export: ClassVar = ["partner", "department", "owner", "status", "started_on", "ended_on"]
    search_fields: ClassVar = ["partner__name"]


class MembershipViewSet(BelongsToPartner):
    """Who acts for a partner."""

    model = PartnerMembership
    icon = "user"
    menu_label = "People of partners"
    form_fields: ClassVar = ["partner", "user", "role"]
    list_display: ClassVar = ["user", "partner", "get_role_display"]
    search_fields: ClassVar = ["partner__name", "user__email"]


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
    )


register_snippet(PartnersGroup)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of a partner can say, besides what Wagtail says itself."""
    actions.register_action("partners.confirm", "Confirm", "Confirmed that all is still right")
    actions.register_action("partners.suspend", "Suspend", "Suspended")
    actions.register_action("partners.lift_suspension", "Lift suspension", "Suspension lifted")
    actions.register_action("partners.assure", "Document seen", "Recorded a document as seen")
    actions.register_action("partners.edit_details", "Edit details", "Changed sites, contacts or relationships")

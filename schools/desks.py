"""The desks of the CMS for who joins a school. An officer asks; it is the school that says who works there."""

from typing import Any, ClassVar

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from accounts.desks import InvitationViewSet, InviteForm, TellingEditView
from accounts.models import Invitation, User
from taxonomy.rules import KeptAsItIs
from taxonomy.views import RelatedIndexView, choice_column

from . import people
from .models import SchoolInvitation, SchoolMembership, StaffApplication

register_permission_policy(StaffApplication, KeptAsItIs(StaffApplication, "add", "delete"))

_ASK = (
    "<p>Read the address of the office where the school itself publishes it, record it on the school with its source, "
    "and then ask. Never take it from the person who applies. A new link makes the earlier one useless.</p>"
)


class InviteStaffForm(InviteForm):
    """Whom to invite to a school. Accepting it has the office asked."""

    instance: SchoolInvitation
    roles = forms.MultipleChoiceField(
        choices=SchoolMembership.Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what this person does at the school."},
    )

    def send(self) -> Invitation:
        """Sends it."""
        said = self.cleaned_data
        return people.invite_by_officer(said["school"], said["email"], said["roles"], self.for_user)


class SchoolInvitationViewSet(InvitationViewSet):
    """Invitations to join a school's people."""

    model = SchoolInvitation
    asks = ("school", "roles")
    invite_form = InviteStaffForm
    search_fields: ClassVar = ["email", "school__name"]


class AskOfficeForm(WagtailAdminModelForm):
    """Asks the office of a school about one person; nothing else of the application is changed."""

    for_user: User
    ask = forms.BooleanField(
        label="Ask the office of the school now",
        error_messages={"required": "Tick this to ask the office, or leave the page."},
    )

    def save(self, commit: bool = True) -> StaffApplication:
        """Sends the office a link. Raises ValidationError if it has no address, or the application was answered."""
        people.ask_office(self.instance, self.for_user)
        self.instance.refresh_from_db()
        application: StaffApplication = self.instance
        return application


class StaffApplicationViewSet(ModelViewSet):
    """People who say that they work at a school."""

    model = StaffApplication
    icon = "form"
    menu_label = "Applications of staff"
    index_view_class = RelatedIndexView
    edit_view_class = TellingEditView
    copy_view_enabled = False
    search_backend_name = None
    list_display: ClassVar = [
        "school",
        Column("name", label="Who", accessor=lambda each: each.name or "deleted"),
        choice_column("state", "State"),
        "made_at",
        "asked_at",
        Column("office", label="Office address", accessor=lambda each: each.school.office_email or "not recorded yet"),
    ]
    list_filter: ClassVar = ["state"]
    search_fields: ClassVar = ["school__name"]
    edit_handler = ObjectList(
        [
            *(
                FieldPanel(name, read_only=True)
                for name in (
                    "school",
                    "first_name",
                    "last_name",
                    "email",
                    "made_at",
                    "asked_at",
                    "asked_address",
                    "ends_at",
                )
            ),
            HelpPanel(_ASK),
            FieldPanel("ask"),
        ],
        base_form_class=AskOfficeForm,
    )

    def get_queryset(self, request: Any) -> Any:
        """Those that wait first."""
        return StaffApplication.objects.select_related("school").order_by("-state", "-made_at", "-pk")

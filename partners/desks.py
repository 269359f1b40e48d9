"""The desks of the CMS for who joins a partner, and for organisations that want to become one."""

from typing import Any, ClassVar

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from accounts.desks import InvitationViewSet, InviteForm, TellingCreateView, TellingEditView
from accounts.models import Invitation, User
from accounts.rules import signed_in
from taxonomy.forms import ForgivingSnippetChooser
from taxonomy.rules import KeptAsItIs
from taxonomy.views import RefusingDeleteView, RelatedIndexView, choice_column

from . import applications, people
from .models import Partner, PartnerApplication, PartnerInvitation, PartnerMembership

# Applications come from outside, and the nightly command deletes them.
register_permission_policy(PartnerApplication, KeptAsItIs(PartnerApplication, "add", "delete"))


class InvitePersonForm(InviteForm):
    """Whom to invite to a partner, and as what."""

    instance: PartnerInvitation

    def send(self) -> Invitation:
        """As owners do it in the portal."""
        said = self.cleaned_data
        return people.invite(said["partner"], said["email"], said["role"], self.for_user)


class PartnerInvitationViewSet(InvitationViewSet):
    """Invitations to act for a partner."""

    model = PartnerInvitation
    asks = ("partner", "role")
    invite_form = InvitePersonForm
    search_fields: ClassVar = ["email", "partner__name"]


class MembershipForm(WagtailAdminModelForm):
    """Somebody acts for a partner. Another role goes through the service, which keeps an owner."""

    for_user: User
    instance: PartnerMembership

    class Meta(WagtailAdminModelForm.Meta):
        model = PartnerMembership
        fields = ("partner", "user", "role")

    def clean(self) -> dict[str, Any]:
        """Who acts for whom stays as it is. Raises ValidationError."""
        said: dict[str, Any] = super().clean()
        for name in {"partner", "user"} & set(self.changed_data):
            if self.instance.pk:
                self.add_error(name, "This stays as it is. Delete this row, and add or invite the other person.")
        return said

    def save(self, commit: bool = True) -> PartnerMembership:
        """Adds the person, or gives them the role. Raises ValidationError if no owner would be left."""
        if self.instance.pk is None:
            added: PartnerMembership = super().save(commit)
            return added
        held = PartnerMembership.objects.get(pk=self.instance.pk)
        self.instance = people.set_role(held, self.cleaned_data["role"], self.for_user)
        return self.instance


class MembershipDeleteView(RefusingDeleteView):
    """Ends that somebody acts for a partner, unless no owner would be left."""

    def delete_action(self) -> None:
        """As owners do it in the portal."""
        people.remove(self.object, signed_in(self.request.user))


class MembershipViewSet(ModelViewSet):
    """Who acts for a partner."""

    model = PartnerMembership
    icon = "user"
    menu_label = "People of partners"
    index_view_class = RelatedIndexView
    add_view_class = TellingCreateView
    edit_view_class = TellingEditView
    delete_view_class = MembershipDeleteView
    copy_view_enabled = False
    search_backend_name = None
    edit_handler = ObjectList(
        [FieldPanel("partner"), FieldPanel("user"), FieldPanel("role")], base_form_class=MembershipForm
    )
    list_display: ClassVar = ["user", "partner", choice_column("role", "Role")]
    search_fields: ClassVar = ["partner__name", "user__email"]


class DecisionForm(WagtailAdminModelForm):
    """What becomes of an application."""

    for_user: User
    ACCEPT, MERGE, DECLINE = "accept", "merge", "decline"
    decision = forms.ChoiceField(
        label="What becomes of it",
        choices=[
            (ACCEPT, "Accept: make a draft of the partner, and invite who applied as its owner"),
            (MERGE, "It is a partner that is here: invite who applied to that one"),
            (DECLINE, "Decline, and tell who applied why"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of it."},
    )
    into = forms.ModelChoiceField(Partner.objects.all(), label="The partner that it is", required=False)
    why = forms.CharField(
        label="Why it is declined",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Sent to the person who applied, as it stands.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].widget = ForgivingSnippetChooser(Partner)
        self.fields["into"].initial = self.instance.same_as_id

    def clean(self) -> dict[str, Any]:
        """A decision says what it needs. Raises ValidationError."""
        said: dict[str, Any] = super().clean()
        if said.get("decision") == self.MERGE and not said.get("into"):
            self.add_error("into", "Choose the partner that it is.")
        if said.get("decision") == self.DECLINE and not said.get("why"):
            self.add_error("why", "Say why: the sentence goes to the person who applied.")
        return said

    def save(self, commit: bool = True) -> PartnerApplication:
        """Decides. Raises ValidationError if somebody else has."""
        said, application = self.cleaned_data, self.instance
        if said["decision"] == self.ACCEPT:
            applications.accept(application, self.for_user)
        elif said["decision"] == self.MERGE:
            applications.merge(application, said["into"], self.for_user)
        else:
            applications.decline(application, said["why"], self.for_user)
        application.refresh_from_db()
        decided: PartnerApplication = application
        return decided


class CandidatesPanel(Panel):
    """The partners, drafts among them, that may be the one that applies."""

    class BoundPanel(Panel.BoundPanel):
        """Of one application."""

        template_name = "cms/candidates_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Adds them, with why; and what was decided, if it was."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            found = applications.all_candidates(self.instance)
            partners = Partner.objects.in_bulk([one.key for one in found])
            context["candidates"] = [
                (partners[one.key], ", ".join(one.reasons)) for one in found if one.key in partners
            ]
            context["edit_url"] = Partner.snippet_viewset.get_url_name("edit")
            context["application"] = self.instance
            return context


class PartnerApplicationViewSet(ModelViewSet):
    """Organisations that want to become partners."""

    model = PartnerApplication
    icon = "form"
    menu_label = "Applications"
    index_view_class = RelatedIndexView
    edit_view_class = TellingEditView
    copy_view_enabled = False
    search_backend_name = None
    list_display: ClassVar = [
        "name",
        choice_column("kind", "Kind"),
        choice_column("state", "State"),
        "made_at",
        Column("same_as", label="Says that it is"),
    ]
    list_filter: ClassVar = ["state", "kind"]
    search_fields: ClassVar = ["name", "idea"]
    edit_handler = ObjectList(
        [
            CandidatesPanel(heading="Is it here already?"),
            MultiFieldPanel(
                [
                    FieldPanel(name, read_only=True)
                    for name in (
                        "name", "kind", "website", "postcode", "person_name", "email", "telephone", "idea", "same_as",
                        "made_at",
                    )
                ],
                heading="What they wrote",
            ),
            FieldPanel("decision"),
            FieldPanel("into"),
            FieldPanel("why"),
        ],
        base_form_class=DecisionForm,
    )  # fmt: skip

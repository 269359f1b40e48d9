"""People, departments and adviser teams in the CMS."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.users.forms import UserForm
from wagtail.users.views import users as wagtail_users

from .desks import InvitationViewSet
from .forms import UserByEmailField
from .models import (
    AdviserInvitation,
    AdviserMembership,
    AdviserTeam,
    Department,
    DepartmentInvitation,
    DepartmentMembership,
    User,
)

# Wherever a form of the CMS names a person.
register_form_field_override(ForeignKey, to=User, override={"form_class": UserByEmailField})


class KeepsRights:
    """Only who has every permission may give every permission, or act on those who have it."""

    request: HttpRequest

    def get_form(self, *args: Any, **kwargs: Any) -> UserForm:
        """Without the tick that gives every permission, unless the user has it."""
        form: UserForm = super().get_form(*args, **kwargs)  # type: ignore[misc]  # of the view that this is mixed into
        if not self.request.user.is_superuser:
            form.fields.pop("is_superuser", None)
        return form


class CreateUserView(KeepsRights, wagtail_users.CreateView):
    """Adds a user."""


class EditUserView(KeepsRights, wagtail_users.EditView):
    """Changes a user."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises PermissionDenied if the user has more rights than who asks."""
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class UserViewSet(wagtail_users.UserViewSet):
    """Users: `wagtail.users` is told of this by `accounts.apps`."""

    add_view_class = CreateUserView
    edit_view_class = EditUserView
    copy_view_enabled = False


class DepartmentViewSet(ModelViewSet):
    """Departments of the City."""

    model = Department
    icon = "group"
    copy_view_enabled = False
    panels: ClassVar[list[Panel]] = [FieldPanel("name"), FieldPanel("slug")]
    list_display: ClassVar = ["name", "slug"]


class DepartmentMembershipViewSet(ModelViewSet):
    """Who works in which department."""

    model = DepartmentMembership
    icon = "user"
    menu_label = "People of departments"
    copy_view_enabled = False
    panels: ClassVar[list[Panel]] = [FieldPanel("department"), FieldPanel("user")]
    list_display: ClassVar = ["user", "department"]
    list_filter: ClassVar = ["department"]
    search_fields: ClassVar = ["user__email", "user__last_name"]
    search_backend_name = None


class AdviserTeamViewSet(ModelViewSet):
    """Teams of Connecting Communities advisers."""

    model = AdviserTeam
    icon = "group"
    copy_view_enabled = False
    panels: ClassVar[list[Panel]] = [FieldPanel("name"), FieldPanel("slug")]
    list_display: ClassVar = ["name", "slug"]


class AdviserMembershipViewSet(ModelViewSet):
    """Who advises in which team."""

    model = AdviserMembership
    icon = "user"
    menu_label = "Advisers"
    copy_view_enabled = False
    panels: ClassVar[list[Panel]] = [FieldPanel("team"), FieldPanel("user"), FieldPanel("is_lead")]
    list_display: ClassVar = ["user", "team", "is_lead"]
    list_filter: ClassVar = ["team"]
    search_fields: ClassVar = ["user__email", "user__last_name"]
    search_backend_name = None


class DepartmentInvitationViewSet(InvitationViewSet):
    """Invitations into departments."""

    model = DepartmentInvitation
    menu_label = "Invitations to departments"
    asks = ("department",)


class AdviserInvitationViewSet(InvitationViewSet):
    """Invitations into teams of advisers."""

    model = AdviserInvitation
    menu_label = "Invitations of advisers"
    asks = ("team", "is_lead")


class TeamsGroup(ViewSetGroup):
    """The menu of the City's own people."""

    menu_label = "City teams"
    menu_icon = "group"
    menu_order = 140
    items = (
        DepartmentViewSet("department", url_prefix="teams/departments"),
        DepartmentMembershipViewSet("department_membership", url_prefix="teams/department-people"),
        AdviserTeamViewSet("adviser_team", url_prefix="teams/adviser-teams"),
        AdviserMembershipViewSet("adviser_membership", url_prefix="teams/advisers"),
        DepartmentInvitationViewSet("department_invitation", url_prefix="teams/department-invitations"),
        AdviserInvitationViewSet("adviser_invitation", url_prefix="teams/adviser-invitations"),
    )


@hooks.register("before_bulk_action")
def spare_superusers(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Acting on many users at once is no way around that either."""
    if action.model is not User or request.user.is_superuser or not any(user.is_superuser for user in objects):
        return None
    messages.error(request, "Only somebody with every permission may change others who have them.")
    return redirect(action.next_url)


@hooks.register("register_account_menu_item")
def ways_to_sign_in(request: HttpRequest) -> dict[str, str]:
    """Leads from the CMS's page about oneself to the app, the passkeys and the devices."""
    return {
        "url": reverse("mfa_index"),
        "label": "How you sign in",
        "help_text": "Your app for codes, passkeys, recovery codes, and where you are signed in.",
    }


@hooks.register("register_admin_viewset")
def register_teams() -> TeamsGroup:
    """Puts departments and adviser teams into the CMS."""
    return TeamsGroup()


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of whatever people join can say."""
    actions.register_action("accounts.invite", "Invite", "Invited somebody")
    actions.register_action("accounts.join", "Join", "Accepted an invitation")
    actions.register_action("accounts.revoke_invitation", "Take invitation back", "Took an invitation back")

"""Departments and adviser teams in the CMS; users are Wagtail's own."""

from typing import ClassVar

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from .models import AdviserMembership, AdviserTeam, Department, DepartmentMembership


class DepartmentViewSet(ModelViewSet):
    """Departments of the City."""

    model = Department
    icon = "group"
    form_fields: ClassVar = ["name", "slug"]
    list_display: ClassVar = ["name", "slug"]


class DepartmentMembershipViewSet(ModelViewSet):
    """Who works in which department."""

    model = DepartmentMembership
    icon = "user"
    menu_label = "People of departments"
    form_fields: ClassVar = ["department", "user"]
    list_display: ClassVar = ["user", "department"]
    list_filter: ClassVar = ["department"]


class AdviserTeamViewSet(ModelViewSet):
    """Teams of Connecting Communities advisers."""

    model = AdviserTeam
    icon = "group"
    form_fields: ClassVar = ["name", "slug"]
    list_display: ClassVar = ["name", "slug"]


class AdviserMembershipViewSet(ModelViewSet):
    """Who advises in which team."""

    model = AdviserMembership
    icon = "user"
    menu_label = "Advisers"
    form_fields: ClassVar = ["team", "user", "is_lead"]
    list_display: ClassVar = ["user", "team", "is_lead"]
    list_filter: ClassVar = ["team"]


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
    )


@hooks.register("register_admin_viewset")
def register_teams() -> TeamsGroup:
    """Puts departments and adviser teams into the CMS."""
    return TeamsGroup()

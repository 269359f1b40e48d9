"""Schools in the CMS."""

from typing import ClassVar

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from .models import Cohort, Group, School, SchoolMembership, TermPeriod


class SchoolViewSet(ModelViewSet):
    """Schools."""

    model = School
    icon = "home"
    exclude_form_fields: ClassVar = ["outward_code"]
    list_display: ClassVar = ["name", "urn", "get_phase_display", "get_kind_display", "family_of_schools"]
    list_filter: ClassVar = ["phase", "kind", "family_of_schools", "open"]
    list_export: ClassVar = [
        "urn",
        "name",
        "phase",
        "kind",
        "family_of_schools",
        "postcode",
        "pupil_premium_share",
        "send_share",
        "open",
    ]
    export_filename = "schools"
    search_fields: ClassVar = ["name", "urn", "postcode"]
    search_backend_name = None
    copy_view_enabled = False


class CohortViewSet(ModelViewSet):
    """Year groups with their rolls."""

    model = Cohort
    icon = "list-ul"
    menu_label = "Year groups"
    form_fields: ClassVar = ["school", "academic_year", "year_group", "roll"]
    list_display: ClassVar = ["school", "academic_year", "get_year_group_display", "roll"]
    list_filter: ClassVar = ["school", "academic_year", "year_group"]


class GroupViewSet(ModelViewSet):
    """Classes with their rolls."""

    model = Group
    icon = "list-ul"
    menu_label = "Classes"
    form_fields: ClassVar = ["cohort", "name", "roll"]
    list_display: ClassVar = ["name", "cohort", "roll"]
    search_fields: ClassVar = ["name", "cohort__school__name"]
    search_backend_name = None


class TermPeriodViewSet(ModelViewSet):
    """Term dates of all London, a borough or a school."""

    model = TermPeriod
    icon = "calendar"
    menu_label = "Term dates"
    form_fields: ClassVar = ["academic_year", "name", "starts", "ends", "borough", "school"]
    list_display: ClassVar = ["name", "academic_year", "starts", "ends", "borough", "school"]
    list_filter: ClassVar = ["academic_year", "borough"]


class SchoolMembershipViewSet(ModelViewSet):
    """School staff and their roles."""

    model = SchoolMembership
    icon = "user"
    menu_label = "People of schools"
    form_fields: ClassVar = ["school", "user", "role", "verified_at"]
    list_display: ClassVar = ["user", "school", "get_role_display", "verified_at"]
    list_filter: ClassVar = ["role", "school"]
    search_fields: ClassVar = ["user__email", "school__name"]
    search_backend_name = None


class SchoolsGroup(ViewSetGroup):
    """The menu of schools."""

    menu_label = "Schools"
    menu_icon = "home"
    menu_order = 130
    items = (
        SchoolViewSet("school", url_prefix="schools/schools"),
        CohortViewSet("cohort", url_prefix="schools/year-groups"),
        GroupViewSet("school_group", url_prefix="schools/classes"),
        TermPeriodViewSet("term_period", url_prefix="schools/term-dates"),
        SchoolMembershipViewSet("school_membership", url_prefix="schools/people"),
    )


@hooks.register("register_admin_viewset")
def register_schools() -> SchoolsGroup:
    """Puts schools into the CMS."""
    return SchoolsGroup()

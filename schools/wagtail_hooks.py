"""Schools in the CMS."""

from typing import ClassVar

from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry

from taxonomy.views import PrefilledCreateView, RelatedIndexView, SearchingChooser, choice_column

from .desks import SchoolInvitationViewSet, StaffApplicationViewSet
from .models import Cohort, Group, School, SchoolMembership, TermPeriod


class SchoolChooser(SearchingChooser):
    """Finds a school by name or number."""

    model = School
    icon = "home"
    choose_one_text = "Choose a school"
    choose_another_text = "Choose another school"
    search_fields = ("name", "urn", "postcode")


class CohortChooser(SearchingChooser):
    """Finds a year group by its school."""

    model = Cohort
    icon = "list-ul"
    choose_one_text = "Choose a year group"
    choose_another_text = "Choose another year group"
    search_fields = ("school__name", "school__urn", "academic_year")
    also_show = ("school",)


class SchoolViewSet(ModelViewSet):
    """Schools."""

    model = School
    icon = "home"
    list_display: ClassVar = [
        "name",
        "urn",
        choice_column("phase", "Phase"),
        choice_column("kind", "Kind"),
        "family_of_schools",
    ]
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
    panels: ClassVar[list[Panel]] = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("urn"), FieldPanel("postcode")]),
        FieldRowPanel([FieldPanel("phase"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("family_of_schools"), FieldPanel("open")]),
        FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")]),
        FieldRowPanel([FieldPanel("website"), FieldPanel("telephone")]),
        FieldRowPanel([FieldPanel("office_email"), FieldPanel("office_email_source")]),
        MultiFieldPanel(
            [
                FieldPanel("pupil_premium_share"),
                FieldRowPanel([FieldPanel("pupil_premium_source"), FieldPanel("pupil_premium_on")]),
                FieldPanel("send_share"),
            ],
            heading="Pupils",
        ),
    ]


class BelongsToSchool(ModelViewSet):
    """Something kept about a school."""

    index_view_class = RelatedIndexView
    add_view_class = PrefilledCreateView
    copy_view_enabled = False
    search_backend_name = None


class CohortViewSet(BelongsToSchool):
    """Year groups with their rolls."""

    model = Cohort
    icon = "list-ul"
    menu_label = "Year groups"
    panels: ClassVar[list[Panel]] = [
        FieldPanel("school"),
        FieldRowPanel([FieldPanel("academic_year"), FieldPanel("year_group"), FieldPanel("roll")]),
    ]
    list_display: ClassVar = ["school", "academic_year", choice_column("year_group", "Year group"), "roll"]
    list_filter: ClassVar = ["academic_year", "year_group"]
    search_fields: ClassVar = ["school__name", "school__urn"]


class GroupIndexView(RelatedIndexView):
    """The list of classes, each with its year group and school."""

    also_select = ("cohort__school",)


class GroupViewSet(BelongsToSchool):
    """Classes with their rolls."""

    model = Group
    icon = "list-ul"
    menu_label = "Classes"
    index_view_class = GroupIndexView
    panels: ClassVar[list[Panel]] = [FieldPanel("cohort"), FieldRowPanel([FieldPanel("name"), FieldPanel("roll")])]
    list_display: ClassVar = ["name", "cohort", "roll"]
    search_fields: ClassVar = ["name", "cohort__school__name"]


class TermPeriodViewSet(BelongsToSchool):
    """Term dates of all London, a borough or a school."""

    model = TermPeriod
    icon = "calendar"
    menu_label = "Term dates"
    panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("academic_year"), FieldPanel("name")]),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        FieldPanel("borough"),
        FieldPanel("school"),
    ]
    list_display: ClassVar = ["name", "academic_year", "starts", "ends", "borough", "school"]
    list_filter: ClassVar = ["academic_year", "borough"]
    search_fields: ClassVar = ["name", "school__name"]


class SchoolMembershipViewSet(BelongsToSchool):
    """School staff and their roles."""

    model = SchoolMembership
    icon = "user"
    menu_label = "People of schools"
    panels: ClassVar[list[Panel]] = [
        FieldPanel("school"),
        FieldRowPanel([FieldPanel("user"), FieldPanel("role")]),
        FieldPanel("verified_at"),
    ]
    list_display: ClassVar = ["user", "school", choice_column("role", "Role"), "verified_at"]
    list_filter: ClassVar = ["role"]
    search_fields: ClassVar = ["user__email", "school__name"]


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
        SchoolInvitationViewSet("school_invitation", url_prefix="schools/invitations"),
        StaffApplicationViewSet("staff_application", url_prefix="schools/applications"),
    )


@hooks.register("register_admin_viewset")
def register_schools() -> list[SchoolsGroup | SearchingChooser]:
    """Puts schools into the CMS."""
    return [
        SchoolChooser("school_chooser", url_prefix="schools/choose-school"),
        CohortChooser("cohort_chooser", url_prefix="schools/choose-year-group"),
        SchoolsGroup(),
    ]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of a school can say of its people."""
    actions.register_action("schools.apply", "Apply", "Somebody said that they work here")
    actions.register_action("schools.ask_office", "Ask the office", "Asked the office about somebody")
    actions.register_action("schools.confirm_staff", "Confirm", "Confirmed that somebody works here")
    actions.register_action("schools.decline_staff", "Decline", "Said that somebody does not work here")
    actions.register_action("schools.remove_person", "Remove person", "Somebody does not act for it any more")

"""What visitors leave, in the CMS."""

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from accounts.rules import is_officer
from directory.desks import MODELS, NEVER, FromVisitorsPanel, ProblemReportViewSet, WantedNoteViewSet
from directory.rules import may_open_lists_by_number
from taxonomy.rules import KeptAsItIs

for model in MODELS:
    register_permission_policy(model, KeptAsItIs(model, *NEVER))


class FromVisitorsGroup(ModelViewSetGroup):
    """The menu of what visitors leave."""

    menu_label = "From visitors"
    menu_icon = "comment"
    menu_order = 125
    items = (
        WantedNoteViewSet("wanted_note", url_prefix="visitors/wanted"),
        ProblemReportViewSet("problem_report", url_prefix="visitors/reports"),
    )


class ListsMenuItem(MenuItem):
    """Leads to the page on which a list is opened by its number."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user may open lists so."""
        return bool(may_open_lists_by_number(request.user))


@hooks.register("register_admin_viewset")
def from_visitors() -> FromVisitorsGroup:
    """Notes and reports."""
    return FromVisitorsGroup()


@hooks.register("register_admin_menu_item")
def lists_menu_item() -> MenuItem:
    """Below what visitors leave."""
    return ListsMenuItem("Open a list", reverse("lists"), name="lists", icon_name="list-ul", order=126)


@hooks.register("construct_homepage_panels")
def from_visitors_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Officers see what is open, below what waits for them."""
    if is_officer(request.user):
        panels.insert(0, FromVisitorsPanel())


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of notes and reports can say."""
    actions.register_action("directory.answer_wanted_note", "Answer note", "Noted what came of it")
    actions.register_action("directory.settle_report", "Settle report", "Noted what came of it")

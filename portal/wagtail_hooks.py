"""On the front page of the CMS: who wants to come in and waits for an officer."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from accounts.rules import is_officer
from partners.models import PartnerApplication
from schools.models import StaffApplication


class JoiningPanel(Component):
    """Applications of partners, and of school staff whose office cannot be asked yet, or has not been."""

    name = "joining"
    template_name = "cms/joining_panel.html"
    order = 35

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """How many wait."""
        waiting = StaffApplication.objects.filter(state=StaffApplication.State.WAITING)
        return {
            "partners": PartnerApplication.objects.filter(state=PartnerApplication.State.WAITING).count(),
            "unasked": waiting.filter(asked_at=None).count(),
            "staff": waiting.count(),
            "request": parent_context["request"] if parent_context else None,
        }


@hooks.register("construct_homepage_panels")
def joining_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Officers see it."""
    if is_officer(request.user):
        panels.append(JoiningPanel())

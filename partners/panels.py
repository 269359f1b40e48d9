"""What stands around a partner: shown beside the form, changed in lists of their own."""

from typing import Any, ClassVar

from django.db.models import Model
from wagtail.admin.panels import Panel


class AroundPanel(Panel):
    """Lists related rows with links to change them. `lists` names them: heading, related name, URL namespace."""

    lists: ClassVar[tuple[tuple[str, str, str], ...]] = ()
    parameter = ""

    class BoundPanel(Panel.BoundPanel):
        """The lists of one object."""

        template_name = "cms/around_panel.html"
        panel: "AroundPanel"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Adds the rows, or that the object must be saved first."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["saved"] = self.instance.pk is not None
            context["object"] = self.instance
            context["parameter"] = self.panel.parameter
            context["lists"] = self._lists() if self.instance.pk else []
            return context

        def _lists(self) -> list[dict[str, Any]]:
            found = []
            for heading, relation, namespace in self.panel.lists:
                rows: list[Model] = list(getattr(self.instance, relation).all())
                found.append(
                    {
                        "heading": heading,
                        "rows": rows,
                        "add": f"{namespace}:add",
                        "edit": f"{namespace}:edit",
                        "index": f"{namespace}:index",
                    }
                )
            return found


class AroundPartnerPanel(AroundPanel):
    """Sites, contacts, documents, recognitions, relationships and people of a partner."""

    parameter = "partner"
    lists: ClassVar = (
        ("Sites", "sites", "site"),
        ("Contacts", "contacts", "contact"),
        ("Documents seen", "assurances", "assurance"),
        ("Recognitions", "recognitions", "recognition_held"),
        ("Relationships with departments", "relationships", "relationship"),
        ("People who act for it", "memberships", "partner_membership"),
    )

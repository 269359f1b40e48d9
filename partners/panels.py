"""What stands around a partner: shown beside the form, changed in lists of their own."""

from typing import Any, ClassVar

from django.db.models import ForeignKey, Model
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.admin.panels import Panel
from wagtail.permissions import policy_registry

from .assurances import standings
from .four_eyes import why_not_by
from .models import AssuranceKind, Partner

SHOWN = 50


def _address(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:  # a list without that view, such as one whose rows are never inspected
        return ""


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
            context["lists"] = [self._list(*each) for each in self.panel.lists] if self.instance.pk else []
            return context

        def _list(self, heading: str, relation: str, namespace: str) -> dict[str, Any]:
            related = getattr(self.instance, relation).all()
            model: type[Model] = related.model
            keys = [field.name for field in model._meta.fields if isinstance(field, ForeignKey)]
            rows: list[Model] = list(related.select_related(*keys)[: SHOWN + 1])
            parameter = f"?{self.panel.parameter}={self.instance.pk}"
            return {
                "heading": heading,
                "rows": [(row, self._link(row, namespace)) for row in rows[:SHOWN]],
                "add": _address(f"{namespace}:add") + parameter if self._may(model, "add") else "",
                "all": _address(f"{namespace}:index") + parameter if len(rows) > SHOWN else "",
            }

        def _link(self, row: Model, namespace: str) -> str:
            """Where the row is changed, or read by those who may not change it."""
            name = "edit" if self._may(type(row), "change") else "inspect"
            return _address(f"{namespace}:{name}", row.pk)

        def _may(self, model: type[Model], action: str) -> bool:
            allowed: bool = policy_registry.get_by_type(model).user_has_permission(self.request.user, action)
            return allowed


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
        ("Invitations", "invitations", "partner_invitation"),
    )


class PartnerStandingPanel(Panel):
    """Whether the public sees a partner, how its documents stand, and what officers do about it."""

    class BoundPanel(Panel.BoundPanel):
        """The standing of one partner."""

        template_name = "cms/partner_standing_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Judges what the public could see, not the draft in the form; a new one has nothing to judge."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            if self.instance.pk is None:
                return context
            partner = Partner.objects.get(pk=self.instance.pk)
            user, name = self.request.user, Partner.snippet_viewset.get_url_name
            actions = [("confirm", "Note that they confirmed today", user.has_perm("partners.change_partner"))]
            may_suspend = user.has_perm("partners.suspend_partner")
            if partner.suspended_at:
                context["whom_to_ring"] = reverse("whom_to_ring", args=[partner.pk]) if may_suspend else ""
                actions.append(("lift_suspension", "Lift the suspension", may_suspend))
            else:
                actions.append(("suspend", "Suspend", may_suspend))
            documents = f"{reverse('documents-to-check')}?partner={partner.pk}"
            elsewhere = [(documents, "Documents that they sent", user.has_perm("partners.change_assurancedocument"))]
            context["partner"] = partner
            context["own"] = why_not_by(self.request.user, partner)
            context["overdue"] = partner.freshness.overdue(timezone.localdate())
            context["actions"] = [
                *((reverse(name(view), args=[partner.pk]), label) for view, label, may in actions if may),
                *((address, label) for address, label, may in elsewhere if may),
            ]
            context["standings"] = standings(partner, AssuranceKind, partner.assurances.all(), timezone.localdate())
            return context

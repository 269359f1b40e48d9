"""After a partner was suspended: whom an officer rings, on one page that can be printed."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from partners.models import Partner, Relationship
from partners.suspension import last_suspension

from .selectors import coming_sessions_of, live_of, partners_hosted_by


class WhomToRingView(PermissionCheckedMixin, TemplateView):
    """Everybody whom the suspension of a partner concerns, as far as the site knows them, with their telephone."""

    model = Partner
    permission_required: ClassVar = "suspend"
    template_name = "opportunities/whom_to_ring.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The partner and its people, who looks after it, and who is affected."""
        partner = get_object_or_404(Partner, pk=kwargs["pk"])
        relationships = partner.relationships.exclude(status=Relationship.Status.ENDED)
        return super().get_context_data(
            **kwargs,
            partner=partner,
            suspension=last_suspension(partner) if partner.is_suspended else None,
            contacts=partner.contacts.all(),
            members=partner.memberships.select_related("user").order_by("-role", "user__email"),
            relationships=relationships.select_related("department", "owner"),
            sessions=coming_sessions_of(partner),
            others=partners_hosted_by(partner),
            offers=live_of(partner),
        )

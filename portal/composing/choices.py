"""What may be chosen in the portal: active terms, the partner's own places, partners it has worked with, its own
opportunities.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model, Q
from django.utils import timezone

from opportunities.models import Campaign, CoOffer, Opportunity
from partners.models import Partner, Site
from partners.selectors import public as public_partners
from taxonomy.models import AccessFeature, FusionSkill, Term


def chosen(objects: Iterable[Model], *, empty: str, label: Any = str, radios: bool = False) -> forms.TypedChoiceField:
    """A choice among objects that are read already, so that nothing sent can ask the database for anything else."""
    by_key = {str(one.pk): one for one in objects}
    return forms.TypedChoiceField(
        choices=[("", empty), *((key, label(one)) for key, one in by_key.items())],
        coerce=by_key.get,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect if radios else forms.Select,
        error_messages={"invalid_choice": "Choose one of the list."},
    )


class Choices:
    """What people of one partner may choose from."""

    def __init__(self, partner: Partner) -> None:
        self.partner = partner

    def skills(self, held: Iterable[Any]) -> list[Term]:
        """The fusion skills, with those held though retired."""
        return _terms(FusionSkill, held)

    def features(self, held: Iterable[Any]) -> list[Term]:
        """The access features, with those held though retired."""
        return _terms(AccessFeature, held)

    def hosts(self, draft: Opportunity) -> list[Partner]:
        """The public partners that this one has worked with, and the host that the draft names."""
        mine = Opportunity.objects.filter(Q(offered_by=self.partner) | Q(hosted_by=self.partner))
        together = CoOffer.objects.filter(Q(opportunity__offered_by=self.partner) | Q(partner=self.partner))
        known = (
            Q(pk__in=mine.values("offered_by"))
            | Q(pk__in=mine.values("hosted_by"))
            | Q(pk__in=together.values("partner"))
            | Q(pk__in=together.values("opportunity__offered_by"))
        )
        found = Partner.objects.filter(
            Q(pk__in=public_partners().filter(known).values("pk")) | Q(pk=draft.hosted_by_id)
        )
        return list(found.exclude(pk=self.partner.pk).order_by("name", "pk"))

    def sites(self, draft: Opportunity, hosts: Iterable[Partner]) -> list[Site]:
        """The partner's own places first, then those of the hosts that it may name."""
        others = list(hosts)
        found = Site.objects.filter(partner__in=[self.partner.pk, *(host.pk for host in others)]).select_related(
            "partner"
        )
        return sorted(
            found, key=lambda site: (site.partner_id != self.partner.pk, site.partner.name, site.order, site.pk)
        )

    def campaigns(self, draft: Opportunity) -> list[Campaign]:
        """The campaigns that are not over, and the one that the draft names."""
        return list(
            Campaign.objects.filter(Q(ends_on__gte=timezone.localdate()) | Q(pk=draft.campaign_id)).order_by(
                "starts_on"
            )
        )

    def targets(self, draft: Opportunity) -> list[Opportunity]:
        """The partner's own opportunities, drafts too, and those that the draft leads to already."""
        held = [row.target_id for row in draft.leads_to.all()]
        found = Opportunity.objects.filter(Q(offered_by=self.partner) | Q(pk__in=held)).exclude(pk=draft.pk)
        return list(found.order_by("title", "pk"))


def _terms(vocabulary: type[Term], held: Iterable[Any]) -> list[Term]:
    return list(vocabulary._default_manager.filter(Q(active=True) | Q(pk__in=list(held))))

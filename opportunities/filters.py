"""Narrowing the list of opportunities in the CMS."""

from typing import ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from wagtail.admin.filters import WagtailFilterSet

from partners.models import Partner
from taxonomy.forms import ForgivingSnippetChooser
from taxonomy.models import Audience, FusionSkill

from .models import Opportunity, Session
from .selectors import undecided


class OpportunityFilterSet(WagtailFilterSet):
    """By kind, partner, skill, audience, state, and whether an officer has still to decide."""

    offered_by = django_filters.ModelChoiceFilter(
        queryset=Partner.objects.all(), label="Partner", widget=ForgivingSnippetChooser(model=Partner)
    )
    skill = django_filters.ModelChoiceFilter(
        field_name="skill_items__tag", queryset=FusionSkill.objects.all(), label="Fusion skill"
    )
    audience = django_filters.ModelChoiceFilter(
        field_name="audience_items__tag", queryset=Audience.objects.all(), label="Audience"
    )
    undecided = django_filters.BooleanFilter(method="filter_undecided", label="Safeguarding decision missing")

    class Meta:
        model = Opportunity
        fields = ("kind", "availability", "campaign", "live")

    def filter_undecided(self, queryset: QuerySet[Opportunity], _name: str, value: bool) -> QuerySet[Opportunity]:
        """Those with a yes and no decision on exactly these answers."""
        waiting = undecided().values("pk")
        return queryset.filter(pk__in=waiting) if value else queryset.exclude(pk__in=waiting)


class SessionFilterSet(WagtailFilterSet):
    """By the days on which they start; and those of one opportunity, as its own page links to them."""

    opportunity = django_filters.ModelChoiceFilter(
        queryset=Opportunity.objects.all(), label="Opportunity", widget=forms.HiddenInput
    )

    class Meta:
        model = Session
        fields: ClassVar = {"starts": ["gte", "lte"]}

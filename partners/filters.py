"""Narrowing the list of partners in the CMS."""

import django_filters
from django.db.models import QuerySet
from wagtail.admin.filters import WagtailFilterSet

from taxonomy.models import Sector

from .models import Partner
from .selectors import unconfirmed


class PartnerFilterSet(WagtailFilterSet):
    """By kind, sector, state, and whether the partner confirmed lately."""

    sector = django_filters.ModelChoiceFilter(
        field_name="sector_items__tag", queryset=Sector.objects.all(), label="Sector"
    )
    stale = django_filters.BooleanFilter(method="filter_stale", label="Not confirmed for 180 days")

    class Meta:
        model = Partner
        fields = ("kind", "live")

    def filter_stale(self, queryset: QuerySet[Partner], _name: str, value: bool) -> QuerySet[Partner]:
        """Only those that are (or are not) overdue."""
        overdue = unconfirmed().values("pk")
        return queryset.filter(pk__in=overdue) if value else queryset.exclude(pk__in=overdue)

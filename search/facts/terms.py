"""What an opportunity is and for whom: the values of its facets."""

from collections.abc import Iterable
from functools import cached_property

from partners.models import Partner
from search.facts.place import PlaceFacts
from taxonomy.models import AccessFeature


class TermFacts(PlaceFacts):
    """Facts that are chosen from lists."""

    @cached_property
    def offering(self) -> list[Partner]:
        """The partners that offer it, the first one first; without those that the public does not see."""
        others = (row.partner for row in self.opportunity.co_offers.all())
        return [self.opportunity.offered_by, *(partner for partner in others if partner.is_public)]

    def kind(self) -> str:
        return self.opportunity.kind

    def strand(self) -> str:
        return self.opportunity.strand.value

    def skill(self) -> str:
        return _slugs(self.opportunity.skill_items.all())

    def audience(self) -> str:
        return _slugs(self.opportunity.audience_items.all())

    def sector(self) -> str:
        return _slugs(self.opportunity.sector_items.all())

    def theme(self) -> str:
        return _slugs(self.opportunity.theme_items.all())

    def subject(self) -> str:
        return _slugs(self.opportunity.subject_items.all())

    def cost(self) -> str:
        return self.opportunity.cost

    def partner_kind(self) -> str:
        return " ".join(dict.fromkeys(partner.kind for partner in self.offering))

    def access(self) -> str:
        return " ".join(feature.slug for feature in self.present)

    @cached_property
    def present(self) -> list[AccessFeature]:
        """What it says is there, and what its site has, unless it says that this is missing."""
        rows = list(self.opportunity.access.all())
        missing = {row.feature_id for row in rows if not row.present}
        found = {row.feature_id: row.feature for row in rows if row.present}
        for feature in self.site.access_features.all() if self.opportunity.site_id and self.site else ():
            if feature.pk not in missing:
                found.setdefault(feature.pk, feature)
        return sorted(found.values(), key=lambda feature: (feature.order, feature.slug))

    def years(self) -> str:
        """Its own school years, or those of its audiences."""
        it = self.opportunity
        if it.year_from is not None or it.year_to is not None:
            spans = [(it.year_from, it.year_to)]
        else:
            tags = [row.tag for row in it.audience_items.all()]
            spans = [
                (tag.year_from, tag.year_to) for tag in tags if tag.year_from is not None or tag.year_to is not None
            ]
        years = {
            year
            for low, high in spans
            for year in range(-1 if low is None else low, (13 if high is None else high) + 1)
        }
        return " ".join(f"y{year}" for year in sorted(years))


def _slugs(rows: Iterable) -> str:
    return " ".join(dict.fromkeys(row.tag.slug for row in rows))

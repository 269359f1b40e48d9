"""Where an opportunity is."""

from functools import cached_property

from opportunities.models import Opportunity
from partners.models import Site
from search.facts.judged import Judged
from taxonomy.models import OutwardCode


class PlaceFacts(Judged):
    """Facts of place: known by outward code and borough, no closer."""

    def outcode(self) -> str:
        return self.outward_code.code if self.outward_code else ""

    @cached_property
    def site(self) -> Site | None:
        """Its site, or the host's main one."""
        it = self.opportunity
        return it.site or next(iter(it.host.sites.all()), None)

    @cached_property
    def outward_code(self) -> OutwardCode | None:
        """None for what is only online."""
        if self.opportunity.format == Opportunity.Format.ONLINE or self.opportunity.place == Opportunity.Place.ONLINE:
            return None
        return self.opportunity.outward_code or (self.site.outward_code if self.site else None)

    @property
    def place_name(self) -> str:
        """Its borough, outside London its local authority."""
        code = self.outward_code
        return "" if code is None else code.borough.name if code.borough else code.local_authority

    @property
    def site_name(self) -> str:
        """Its own site's name; nothing for the host's main one."""
        return self.site.name if self.site and self.outward_code and self.opportunity.site_id else ""

    def borough(self) -> str:
        code = self.outward_code
        return code.borough.slug if code and code.borough else ""

    def place(self) -> str:
        return self.opportunity.place

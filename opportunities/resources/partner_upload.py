"""Importing a partner's own table of opportunities: the columns that a partner may set, and nobody else's things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from opportunities.models import Opportunity
from partners.models import Partner, Site
from partners.resources import latest_draft
from partners.services import check_open
from taxonomy.resources import Column, TextCell, longest
from taxonomy.resources.tables import Progress

from .opportunities import OpportunityResource
from .record import OpportunityRecord, assign, record_of

#: What officers alone say: who else is in it, which team found it, of which campaign it is part.
OFFICERS_COLUMNS = ("partner", "host", "with_partners", "sourcing_team", "campaign")
#: A partner's own numbers are kept behind a mark that no other partner's have, since references are unique here.
_MARK = "P{pk}/"
LONGEST_MARK = len(_MARK.format(pk=10**7))


def mark(partner: Partner) -> str:
    """What stands before a partner's own number in a reference."""
    return _MARK.format(pk=partner.pk)


class PartnerOpportunityResource(OpportunityResource):
    """A partner's opportunities, found again by its own numbers. Rows become drafts, never public.

    Whatever a row says, the partner offers it; sites and references are those of the partner.
    """

    publish_permission = ""
    not_there = "You have no opportunity with this reference yet. Upload this row again when it is there."

    reference = Column(
        "reference",
        TextCell((longest(Opportunity, "reference") or LONGEST_MARK) - LONGEST_MARK),
        "Your own number for it. A later file finds it again by this, and changes it instead of adding it twice.",
    )
    site = Column("site", TextCell(), "The name of one of your sites.")

    def __init__(self, *, partner: Partner, user: Any = None, progress: Progress | None = None) -> None:
        super().__init__(user=user, publish=False, progress=progress)
        self._partner = partner

    # Its own numbers.

    @cached_property
    def _ids(self) -> dict[str, int]:
        """Its number, without the mark -> id, of all that the partner offers; grows with the import."""
        own = Opportunity.objects.filter(offered_by=self._partner).exclude(reference="")
        return {self._number(reference): pk for reference, pk in own.values_list("reference", "pk")}

    def _number(self, reference: str) -> str:
        return reference.removeprefix(mark(self._partner))

    def find(self, row: Mapping[str, str]) -> Opportunity | None:
        """Among what the partner offers: by its number; without one, by its looks."""
        self._alike = ""
        reference = self.text(row, "reference")
        if reference:
            return Opportunity.objects.filter(offered_by=self._partner, pk=self._ids.get(reference, 0)).first()
        record = OpportunityRecord(partner=self._partner.pk)
        for name in ("title", "site", "outward_code"):
            setattr(record, name, self.value(row, name))
        record.site = self._site_id(record) if record.site else None
        return self._found_alike(record)

    def record_of(self, instance: Opportunity) -> OpportunityRecord:
        """What its latest draft says, with its number as the partner knows it."""
        record = record_of(latest_draft(instance))
        return replace(record, reference=self._number(record.reference))

    def import_instance(self, record: OpportunityRecord, row: Mapping[str, str], **kwargs: object) -> None:
        """The partner offers it, whatever stands in the row."""
        record.partner = self._partner.pk
        super().import_instance(record, row, **kwargs)

    def _assign(self, record: OpportunityRecord) -> None:
        known = self.instance is not None and self._number(self.instance.reference) == record.reference
        if known and self.instance is not None:
            reference = self.instance.reference
        else:
            reference = f"{mark(self._partner)}{record.reference}" if record.reference else ""
        assign(self._draft, replace(record, reference=reference), self.current, self._terms)

    # Words and things of its own.

    def _called(self, found: Opportunity) -> str:
        return f"the reference {self._number(found.reference)}" if found.reference else "no reference"

    def _no_site(self, names: list[str]) -> str:
        return f"You have no site of this name. You have {', '.join(names)}." if names else "You have no sites yet."

    def _refuse_locked(self, instance: Opportunity) -> None:
        if self.user is None:
            super()._refuse_locked(instance)
        else:
            check_open(instance, self.user)

    @cached_property
    def _sites_of(self) -> dict[int, dict[int, str]]:
        own = Site.objects.filter(partner=self._partner).values_list("pk", "name")
        return {self._partner.pk: dict(own)}


for _name in OFFICERS_COLUMNS:
    del PartnerOpportunityResource.fields[_name]

"""A partner as a row of a table says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from partners.models import Partner, PartnerSector
from taxonomy.models import Sector

from .drafts import replace_terms


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A place that the partner runs; the first in the cell is the main one."""

    name: str
    address: str
    postcode: str
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A person to ask."""

    name: str
    role: str
    email: str
    telephone: str
    is_public: bool


@dataclass(frozen=True, slots=True)
class RelationshipLine:
    """How a department stands with the partner; `owner` is an e-mail address or empty."""

    department: str
    owner: str
    status: str
    started_on: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class AssuranceLine:
    """A document that an officer has seen."""

    kind: str
    seen_on: date
    expires: date | None
    note: str


@dataclass(frozen=True, slots=True)
class RecognitionLine:
    """An award, held until a date."""

    slug: str
    expires: date | None


@dataclass
class PartnerRecord:
    """One attribute for each column. What stands outside drafts is empty unless the row says something of it."""

    reference: str = ""
    name: str = ""
    kind: str = ""
    summary: str = ""
    description: str = ""
    website: str = ""
    email: str = ""
    phone: str = ""
    sectors: tuple[str, ...] = ()
    sites: tuple[SiteLine, ...] = ()
    contacts: tuple[ContactLine, ...] = ()
    relationships: tuple[RelationshipLine, ...] = ()
    assurances: tuple[AssuranceLine, ...] = ()
    recognitions: tuple[RecognitionLine, ...] = ()
    has_employees: bool = True
    confirmed_on: date | None = None


# Field of the model -> column, for what belongs to a draft.
FIELDS: Mapping[str, str] = {
    "reference": "reference",
    "name": "name",
    "kind": "kind",
    "summary": "summary",
    "description": "description",
    "website": "website",
    "email": "email",
    "telephone": "phone",
    "has_employees": "has_employees",
    "confirmed_on": "confirmed_on",
}


def record_of(draft: Partner) -> PartnerRecord:
    """What a draft says."""
    record = PartnerRecord(sectors=tuple(sorted(item.tag.slug for item in draft.sector_items.all())))
    for field, column in FIELDS.items():
        setattr(record, column, getattr(draft, field))
    return record


def assign(draft: Partner, record: PartnerRecord) -> None:
    """Makes a draft say what the record says. Writes nothing."""
    for field, column in FIELDS.items():
        setattr(draft, field, getattr(record, column))
    replace_terms(draft.sector_items, PartnerSector, Sector.objects.filter(slug__in=record.sectors))

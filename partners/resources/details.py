"""What a row says of a partner beside its draft: sites, contacts, relationships, documents, recognitions.

An import adds and changes these; it never removes any, since other lists and people keep them too.
"""

from dataclasses import dataclass, field

from accounts.models import Department, User
from partners import services
from partners.models import AssuranceKind, Contact, Partner, Site
from taxonomy.models import AccessFeature, Recognition
from taxonomy.resources.cells import fold

from .record import AssuranceLine, ContactLine, PartnerRecord, RecognitionLine, RelationshipLine, SiteLine


@dataclass(slots=True)
class Details:
    """The lines of a row that are not yet so; sites with their place in the order."""

    sites: list[tuple[int, SiteLine]] = field(default_factory=list)
    contacts: list[ContactLine] = field(default_factory=list)
    relationships: list[RelationshipLine] = field(default_factory=list)
    assurances: list[AssuranceLine] = field(default_factory=list)
    recognitions: list[RecognitionLine] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.sites, self.contacts, self.relationships, self.assurances, self.recognitions))

    def hold_back_public(self) -> bool:
        """Drops what the public pages of a live partner would show at once. Whether anything was dropped."""
        shown = [contact for contact in self.contacts if contact.is_public]
        held = bool(self.sites or self.recognitions or shown)
        self.sites, self.recognitions = [], []
        self.contacts = [contact for contact in self.contacts if not contact.is_public]
        return held


def pending(partner: Partner | None, record: PartnerRecord) -> Details:
    """What of the record is not yet so; all of it for a partner that is not there."""
    details = Details(
        list(enumerate(record.sites)),
        list(record.contacts),
        list(record.relationships),
        list(record.assurances),
        list(record.recognitions),
    )
    if partner is None:
        return details
    if details.sites:
        sites = {fold(site.name): site for site in partner.sites.prefetch_related("access_features")}
        details.sites = [
            (order, line) for order, line in details.sites if _site_differs(sites.get(fold(line.name)), order, line)
        ]
    if details.contacts:
        known = {
            ContactLine(contact.name, contact.role, contact.email, contact.telephone, contact.is_public)
            for contact in partner.contacts.all()
        }
        details.contacts = [line for line in details.contacts if line not in known]
    if details.relationships:
        stands = {
            RelationshipLine(
                one.department.slug, one.owner.email if one.owner else "", one.status, one.started_on, one.ended_on
            )
            for one in partner.relationships.select_related("department", "owner")
        }
        details.relationships = [line for line in details.relationships if line not in stands]
    if details.assurances:
        seen = {AssuranceLine(one.kind, one.seen_on, one.expires, one.note) for one in partner.assurances.all()}
        details.assurances = [line for line in details.assurances if line not in seen]
    if details.recognitions:
        held = {
            RecognitionLine(one.recognition.slug, one.expires)
            for one in partner.recognitions.select_related("recognition")
        }
        details.recognitions = [line for line in details.recognitions if line not in held]
    return details


def _site_differs(site: Site | None, order: int, line: SiteLine) -> bool:
    if site is None:
        return True
    features = tuple(sorted(feature.slug for feature in site.access_features.all()))
    return (order, line) != (site.order, SiteLine(site.name, site.address, site.postcode, features))


def write(partner: Partner, details: Details, user: User | None) -> None:
    """Writes what is pending. Raises ValidationError."""
    for order, site_line in details.sites:
        site = next((one for one in partner.sites.all() if fold(one.name) == fold(site_line.name)), None) or Site(
            partner=partner
        )
        site.name, site.address, site.postcode, site.order = (
            site_line.name,
            site_line.address,
            site_line.postcode,
            order,
        )
        services.save_site(site, AccessFeature.objects.filter(slug__in=site_line.features), user)
    for contact_line in details.contacts:
        contact = partner.contacts.filter(name=contact_line.name).first() or Contact(
            partner=partner, name=contact_line.name
        )
        contact.role, contact.email = contact_line.role, contact_line.email
        contact.telephone, contact.is_public = contact_line.telephone, contact_line.is_public
        services.save_contact(contact, user)
    for line in details.relationships:
        services.save_relationship(
            partner,
            Department.objects.get(slug=line.department),
            status=line.status,
            owner=User.objects.filter(email=line.owner).first() if line.owner else None,
            started_on=line.started_on,
            ended_on=line.ended_on,
            user=user,
        )
    for document in details.assurances:
        services.record_assurance(
            partner,
            AssuranceKind(document.kind),
            seen_on=document.seen_on,
            expires=document.expires,
            seen_by=user,
            note=document.note,
        )
    for award in details.recognitions:
        services.save_recognition(partner, Recognition.objects.get(slug=award.slug), expires=award.expires, user=user)

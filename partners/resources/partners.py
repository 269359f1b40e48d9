"""A table of partners."""

from collections.abc import Mapping
from functools import cached_property

from accounts.models import User
from partners import services
from partners.four_eyes import LEFT_AS_DRAFT, why_not_by
from partners.models import Partner
from taxonomy.models import Sector
from taxonomy.resources import (
    ChoiceCell,
    Column,
    EmailCell,
    PhoneCell,
    TableResource,
    TermsCell,
    TextCell,
    WebsiteCell,
    YesNoCell,
    longest,
)

from .cells import AssurancesCell, ContactsCell, PastDateCell, RecognitionsCell, RelationshipsCell, SitesCell
from .details import Details, pending, write
from .drafts import latest_draft, refuse_locked
from .likeness import Known, Likeness
from .record import FIELDS, PartnerRecord, assign, record_of


class PartnerResource(TableResource[PartnerRecord, Partner]):
    """Partners, found again by their reference. New ones are drafts, unless they are to be published."""

    noun = "partner"
    record_class = PartnerRecord
    publish_permission = "partners.publish_partner"
    labels = ("reference", "name")
    columns_of_fields = {field: column for field, column in FIELDS.items() if field != column}

    reference = Column(
        "reference",
        TextCell(longest(Partner, "reference")),
        "Your number for this partner. A later file finds it again by this.",
    )
    name = Column("name", TextCell(longest(Partner, "name"), required=True), "What it is called.")
    kind = Column("kind", ChoiceCell(Partner.Kind, required=True), f"One of: {', '.join(Partner.Kind.values)}.")
    summary = Column(
        "summary", TextCell(longest(Partner, "summary"), required=True), "One sentence: what they are or do."
    )
    description = Column("description", TextCell(lines=True), "What they do, in a few short paragraphs.")
    website = Column("website", WebsiteCell(), "The address of its website.")
    email = Column("email", EmailCell(), "The public e-mail address of the organisation, never of a person.")
    phone = Column("phone", PhoneCell(), "The public telephone number.")
    sectors = Column("sectors", TermsCell(Sector), "Sectors of work, with semicolons between them.")
    sites = Column(
        "sites",
        SitesCell(),
        "One a line, the main one first: name | address | postcode | access features, with commas between.",
    )
    contacts = Column("contacts", ContactsCell(), "One a line: name | role | e-mail | telephone | public or private.")
    relationships = Column(
        "relationships",
        RelationshipsCell(),
        "One a line: department | owner’s e-mail | prospective, active, paused or ended | start | end. Owner and dates may be empty.",
    )
    assurances = Column(
        "assurances",
        AssurancesCell(),
        "Documents that an officer has seen, one a line: kind | seen on | expires | note. Kinds: public_liability, "
        "employers_liability, safeguarding_policy, vetting, risk_assessment; only the last may be without an expiry.",
    )
    recognitions = Column("recognitions", RecognitionsCell(), "One a line: recognition | expires.")
    has_employees = Column(
        "has_employees",
        YesNoCell(empty=True),
        "yes or no; empty is yes. Only sole traders and volunteer groups may say no.",
    )
    confirmed_on = Column("confirmed_on", PastDateCell(), "The day on which the partner last said that all is right.")

    user: User | None

    @cached_property
    def _in_database(self) -> Likeness:
        return Likeness.of_database()

    @cached_property
    def _in_file(self) -> tuple[dict[str, int], Likeness]:
        """The references of the lines above, and what those lines look like."""
        return {}, Likeness()

    def find(self, row: Mapping[str, str]) -> Partner | None:
        """By its reference; without one, by its looks, so that the same row twice changes nothing."""
        self._alike = ""
        reference = self.text(row, "reference")
        if reference:
            return Partner.objects.filter(reference=reference).first()
        record = PartnerRecord()
        for name in ("name", "website", "sites"):
            setattr(record, name, self.value(row, name))
        like = self._in_database.find(record.name, record.website, _postcodes(record)) if record.name else None
        if like is None:
            return None
        self._alike = f"It has the same {like[1]} as {like[0].where}. To change that one, give its reference."
        return Partner.objects.filter(pk=like[0].pk or 0).first()

    def record_of(self, instance: Partner) -> PartnerRecord:
        """What its latest draft says."""
        return record_of(latest_draft(instance))

    def import_instance(self, record: PartnerRecord, row: Mapping[str, str], **kwargs: object) -> None:
        """A partner that has confirmed since the list was made stays confirmed."""
        super().import_instance(record, row, **kwargs)
        before = self.current.confirmed_on if self.current else None
        record.confirmed_on = max((day for day in (record.confirmed_on, before) if day), default=None)
        self._details = pending(self.instance, record)
        own = self._why_own()
        self.row.notes += [own] if own else []
        self._publishes = self.publish and not own
        shown = bool(self.instance and self.instance.live and not self._publishes and not self._alike)
        if shown and self._details.hold_back_public():
            self.row.notes.append(
                "The partner is public, and its sites, recognitions and public contacts would show at once: "
                "they were left as they are. Publish with the import to change them."
            )

    def _why_own(self) -> str:
        """Why somebody else has to publish it; empty if the user may, or nobody asked for that."""
        if not (self.publish and self.user and self.instance):
            return ""
        return why_not_by(self.user, self.instance, onward=LEFT_AS_DRAFT)

    def duplicate(self, record: PartnerRecord) -> str:
        """Looks among the lines above, then among all partners."""
        references, lines = self._in_file
        if record.reference in references:
            return f"Line {references[record.reference]} has the same reference."
        like = lines.find(record.name, record.website, _postcodes(record))
        if like is None and self.instance is None:
            like = self._in_database.find(record.name, record.website, _postcodes(record))
        if like:
            return f"It has the same {like[1]} as {like[0].where}. If it is another partner, change that; if not, give its reference."
        if self._alike and not self.is_unchanged(record):
            return self._alike
        if record.reference:
            references[record.reference] = self.row.line
        lines.add(record.name, record.website, Known(f"line {self.row.line}", _postcodes(record)))
        return ""

    def is_unchanged(self, record: PartnerRecord) -> bool:
        """Whether draft, details and publication are as the row says."""
        assert self.instance is not None  # the caller's promise
        self.row.public = self.instance.live
        return not self._draft_differs(record) and not self._details and not self._to_publish

    def check(self, record: PartnerRecord) -> None:
        """Asks the partner's own rules. Raises ValidationError."""
        self._draft = latest_draft(self.instance) if self.instance else Partner(live=False)
        differs = self._draft_differs(record)
        if self.instance and (differs or self._to_publish):
            refuse_locked(self.instance)
        assign(self._draft, record)
        if self.dry_run:
            self._draft.full_clean()  # else saving it does
        self.row.public = self._publishes or bool(self.instance and self.instance.live)

    def write(self, record: PartnerRecord) -> Partner:
        """Saves the draft if it differs, then the details, and publishes if asked."""
        if self._publishes and (self.instance is None or self._to_publish or self._draft_differs(record)):
            services.publish(self._draft, self.user)
        elif self.instance is None or self._draft_differs(record):
            services.save_draft(self._draft, self.user)
        write(self._draft, self._details, self.user)
        return self._draft

    _details: Details
    _draft: Partner
    _alike: str
    _publishes: bool

    @property
    def _to_publish(self) -> bool:
        return (
            self._publishes
            and self.instance is not None
            and (not self.instance.live or self.instance.has_unpublished_changes)
        )

    def _draft_differs(self, record: PartnerRecord) -> bool:
        if self.current is None:
            return True
        return any(getattr(record, name) != getattr(self.current, name) for name in (*FIELDS.values(), "sectors"))


def _postcodes(record: PartnerRecord) -> frozenset[str]:
    return frozenset(site.postcode for site in record.sites)

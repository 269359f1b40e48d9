"""The cells of a partner's row that hold several lines."""

from datetime import date
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Department, User
from partners.models import AssuranceKind, Contact, Relationship, Site
from taxonomy.models import AccessFeature, Recognition
from taxonomy.postcodes import parse_postcode
from taxonomy.resources import (
    CellError,
    ChoiceCell,
    DateCell,
    EmailCell,
    LinesCell,
    PhoneCell,
    TermCell,
    TextCell,
    find_term,
    longest,
)
from taxonomy.resources.cells import fold
from taxonomy.resources.lists import gather
from taxonomy.validators import validate_full_postcode

from .record import AssuranceLine, ContactLine, RecognitionLine, RelationshipLine, SiteLine


def read_postcode(text: str) -> str:
    """A full postcode as it is written. Raises CellError."""
    try:
        validate_full_postcode(text)
    except ValidationError as error:
        raise CellError(error.messages[0], text) from error
    return str(parse_postcode(text))


class PastDateCell(DateCell):
    """A day that is not to come."""

    def parse(self, text: str) -> date:
        day = super().parse(text)
        if day > timezone.localdate():
            raise CellError("This day is still to come. Type the day on which it happened.")
        return day


class SitesCell(LinesCell):
    """`name | address | postcode | access features`, the main site first."""

    names = ("name", "address", "postcode", "features")
    key = "name"

    def __init__(self) -> None:
        super().__init__()
        self.name = TextCell(longest(Site, "name"), required=True)
        self.address = TextCell(longest(Site, "address"))
        self.feature = TermCell(AccessFeature)

    def read(self, name: str, address: str, postcode: str, features: str) -> SiteLine:
        parts = [part.strip() for part in features.split(",") if part.strip()]
        return SiteLine(
            self.name.clean(name),
            self.address.clean(address),
            read_postcode(postcode),
            tuple(sorted(gather(parts, self.feature.find))),
        )


class ContactsCell(LinesCell):
    """`name | role | e-mail | telephone | public or private`."""

    names = ("name", "role", "email", "telephone", "shown")
    key = "name"
    unguarded = ("telephone",)

    def __init__(self) -> None:
        super().__init__()
        self.name = TextCell(longest(Contact, "name"), required=True)
        self.role = TextCell(longest(Contact, "role"))
        self.email = EmailCell()
        self.telephone = PhoneCell()

    def read(self, name: str, role: str, email: str, telephone: str, shown: str) -> ContactLine:
        if shown.lower() not in {"public", "private", ""}:
            raise CellError("End the line with “public” or “private”.", shown)
        return ContactLine(
            self.name.clean(name),
            self.role.clean(role),
            self.email.clean(email),
            self.telephone.clean(telephone),
            shown.lower() == "public",
        )


class RelationshipsCell(LinesCell):
    """`department | owner's e-mail | status | start | end`; the owner and the dates may be empty."""

    names = ("department", "owner", "status", "started_on", "ended_on")
    key = "department"

    def __init__(self) -> None:
        super().__init__()
        self.status = ChoiceCell(Relationship.Status, empty=Relationship.Status.ACTIVE)
        self.day = DateCell()
        self.email = EmailCell()

    @cached_property
    def departments(self) -> dict[str, str]:
        """By name and slug, the slug."""
        pairs = Department.objects.values_list("slug", "name")
        return {fold(word): slug for slug, name in pairs for word in (slug, name)}

    def read(self, department: str, owner: str, status: str, started_on: str, ended_on: str) -> RelationshipLine:
        line = RelationshipLine(
            find_term(department, self.departments, "department"),
            self.email.clean(owner),
            self.status.clean(status),
            self.day.clean(started_on),
            self.day.clean(ended_on),
        )
        if line.owner and not User.objects.filter(email=line.owner).exists():
            raise CellError(
                "Nobody with this address has an account. Add the person first, or leave the owner empty.", owner
            )
        if line.started_on and line.ended_on and line.ended_on < line.started_on:
            raise CellError("It ends before it starts. Check both dates.")
        return line


class AssurancesCell(LinesCell):
    """`kind | seen on | expires | note`."""

    names = ("kind", "seen_on", "expires", "note")

    def __init__(self) -> None:
        super().__init__()
        self.kind = ChoiceCell(AssuranceKind, required=True)
        self.seen_on = PastDateCell(required=True)
        self.expires = DateCell()
        self.note = TextCell(200)

    def read(self, kind: str, seen_on: str, expires: str, note: str) -> AssuranceLine:
        line = AssuranceLine(
            self.kind.clean(kind), self.seen_on.clean(seen_on), self.expires.clean(expires), self.note.clean(note)
        )
        if line.expires is None and line.kind != AssuranceKind.RISK_ASSESSMENT:
            raise CellError("Say until when this document holds.")
        if line.expires and line.expires < line.seen_on:
            raise CellError("It expires before it was seen. Check both dates.")
        return line


class RecognitionsCell(LinesCell):
    """`recognition | expires`."""

    names = ("slug", "expires")
    key = "slug"

    def __init__(self) -> None:
        super().__init__()
        self.term = TermCell(Recognition)
        self.expires = DateCell()

    def read(self, slug: str, expires: str) -> RecognitionLine:
        return RecognitionLine(self.term.find(slug), self.expires.clean(expires))

"""The invitations of all rooms, as one kind of link: what each is to, and what accepting it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.invitations import accept_invitation, find_invitation, join_advisers, join_department
from accounts.models import AdviserInvitation, DepartmentInvitation, Invitation, User
from partners.models import PartnerInvitation
from partners.people import join as join_partner
from schools.models import SchoolInvitation
from schools.people import join as join_school
from schools.rules import works_at


@dataclass(frozen=True, slots=True)
class Way:
    """One kind of invitation, the service that lets somebody in, and what the page afterwards is told."""

    kind: type[Invitation]
    admit: Callable[[Any, User], None]
    what: str


WAYS = (
    Way(PartnerInvitation, join_partner, "partner"),
    Way(SchoolInvitation, join_school, "school"),
    Way(DepartmentInvitation, join_department, "team"),
    Way(AdviserInvitation, join_advisers, "team"),
)
#: After an officer's invitation the school's office is asked first.
SCHOOL_ASKED = "school-asked"


def find(secret: str) -> Invitation | None:
    """The open invitation that a link is for, of whatever kind; None if there is none."""
    return next((found for way in WAYS if (found := find_invitation(way.kind, secret)) is not None), None)


def accept(secret: str) -> str | None:
    """Accepts it for the address that it was sent to; what the page afterwards says. None if it is not open any more."""
    for way in WAYS:
        found = find_invitation(way.kind, secret)
        if found is None:
            continue
        user = accept_invitation(way.kind, secret, way.admit)
        if user is None:
            return None
        if isinstance(found, SchoolInvitation) and not works_at(user, found.school):
            return SCHOOL_ASKED
        return way.what
    return None

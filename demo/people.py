"""The people of the demonstration, one for each role. None of them has a password: one signs in as them on a page."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import (
    ADMINISTRATORS,
    EDITORS,
    OFFICERS,
    AdviserMembership,
    AdviserTeam,
    Department,
    DepartmentMembership,
    User,
)
from partners.models import Partner, PartnerMembership
from schools.models import School, SchoolMembership

DOMAIN = "find-fusion.example"

DEPARTMENTS = {
    "culture": "Culture and visitor services",
    "education": "Education",
    "skills": "Skills and adult learning",
    "environment": "Open spaces and environment",
    "markets": "Markets",
    "libraries": "Libraries and archives",
}

TEAMS = {
    "connecting-communities-east": "Connecting Communities East",
    "connecting-communities-city": "Connecting Communities City",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a role. `slug` stands in the address, `sees` says what is different for them."""

    slug: str
    name: str
    role: str
    sees: str
    group: str = ""
    department: str = ""
    team: str = ""
    partner: str = ""
    partner_role: str = ""
    urn: int = 0
    school_role: str = ""

    @property
    def email(self) -> str:
        """Where they would be written to."""
        return f"{self.slug}@{DOMAIN}"


PEOPLE: tuple[Person, ...] = (
    Person(
        "officer", "Ngozi Hartwell", "Officer, Education",
        "What partners sent, to accept or return; the CMS: documents about to lapse, partners to ask again, the import.",
        group=OFFICERS, department="education",
    ),
    Person("editor", "Idris Penrose", "Editor", "The CMS: pages, guides and vocabularies.", group=EDITORS),
    Person("administrator", "Rosalind Achterberg", "Administrator", "The whole CMS, with people and settings.", group=ADMINISTRATORS),
    Person(
        "culture", "Tobiah Lindqvist", "Member of a department, Culture and visitor services",
        "The public pages; workspaces of departments come later.", department="culture",
    ),
    Person(
        "adviser", "Farida Olusanya", "Adviser, Connecting Communities East",
        "The public pages, with the contacts of partners.", team="connecting-communities-east",
    ),
    Person(
        "partner-owner", "Hester Vale", "Owner at a partner, Tallowgate Print Rooms",
        "The portal: what waits, what came back, documents, dates, colleagues, and how its offers are used.",
        partner="PA01", partner_role="owner",
    ),
    Person(
        "partner-member", "Callum Oyewole", "Member at a partner, Tallowgate Print Rooms",
        "The portal, as a colleague who writes and sends, but invites nobody.", partner="PA01", partner_role="member",
    ),
    Person(
        "sole-trader", "Nell Aduwo", "Owner at a partner, Nell Aduwo, textile printer",
        "The portal of somebody who works alone: two offers, and a third that waits for the officers.",
        partner="PA09", partner_role="owner",
    ),
    Person(
        "teacher", "Wilhelmina Okafor", "Teacher, Tidegate Primary School",
        "The public pages, with the contacts for school staff.", urn=900001, school_role="teacher",
    ),
    Person(
        "visits-coordinator", "Gareth Pryce-Nair", "Visits coordinator, Tidegate Primary School",
        "The public pages, with the contacts for school staff, and the school’s people.", urn=900001, school_role="visits_coordinator",
    ),
    Person(
        "careers-leader", "Beatriz Lomax", "Careers leader, Ropewalk Hill School",
        "The public pages, with the contacts for school staff, and the school’s people.", urn=900002, school_role="careers_leader",
    ),
    Person(
        "dsl", "Samson Delacroix", "Designated safeguarding lead, Ropewalk Hill School",
        "The public pages, with the contacts for school staff, and the school’s people.", urn=900002, school_role="dsl",
    ),
    Person(
        "senco", "Yasmin Thorogood", "SENCO, Tanner’s Yard School",
        "The public pages, with the contacts for school staff.", urn=900005, school_role="senco",
    ),
)  # fmt: skip


def find_user(slug: str) -> User | None:
    """The user behind a person of the demonstration, once it is loaded."""
    person = next((person for person in PEOPLE if person.slug == slug), None)
    return User.objects.filter(email=person.email, is_active=True).first() if person else None


def load_organisations() -> None:
    """Departments and adviser teams, which imported rows name."""
    for slug, name in DEPARTMENTS.items():
        Department.objects.get_or_create(slug=slug, defaults={"name": name})
    for slug, name in TEAMS.items():
        AdviserTeam.objects.get_or_create(slug=slug, defaults={"name": name})


def load_staff() -> User:
    """The people of the City. Returns the officer, who does the importing."""
    for person in PEOPLE:
        if person.group or person.department or person.team:
            _load(person)
    return User.objects.get(email=PEOPLE[0].email)


def load_members() -> None:
    """The people of partners and schools, which must be there."""
    for person in PEOPLE:
        if person.partner or person.urn:
            _load(person)


def _load(person: Person) -> None:
    first, _, last = person.name.partition(" ")
    user = User.objects.filter(email=person.email).first() or User.objects.create_user(
        person.email, first_name=first, last_name=last
    )
    if person.group:
        user.groups.add(Group.objects.get_or_create(name=person.group)[0])
    if person.department:
        _join(DepartmentMembership, user=user, department=Department.objects.get(slug=person.department))
    if person.team:
        _join(AdviserMembership, user=user, team=AdviserTeam.objects.get(slug=person.team))
    if person.partner:
        partner = Partner.objects.get(reference=person.partner)
        PartnerMembership.objects.get_or_create(user=user, partner=partner, defaults={"role": person.partner_role})
    if person.urn:
        SchoolMembership.objects.get_or_create(
            user=user,
            school=School.objects.get(urn=person.urn),
            role=person.school_role,
            defaults={"verified_at": timezone.now()},
        )


def _join(membership: Any, **between: Any) -> None:
    membership.objects.get_or_create(**between)

"""Who wants to come in at the demonstration: two organisations, two people of schools, somebody who was invited."""

from django.db import transaction

from accounts.models import User
from partners import applications
from partners import people as partner_people
from partners.models import Partner, PartnerApplication
from schools import people as school_people
from schools.models import School, StaffApplication
from schools.services import save_school

from .people import DOMAIN, find_user

# URN -> the name before the @ of the office's address.
OFFICES = {900001: "tidegate-office", 900002: "ropewalk-office", 900005: "tanners-office"}

APPLICATIONS: tuple[dict[str, object], ...] = (
    {
        "kind": Partner.Kind.CULTURAL,
        "name": "Tallow Gate Print Rooms",
        "website": "https://tallowgate.example/",
        "postcode": "E1 1AA",
        "person_name": "Ines Falk",
        "email": f"ines.falk@{DOMAIN}",
        "telephone": "020 7946 0112",
        "offers": ["visit", "placement"],
        "idea": "Set and print their own poster on a hand press, in groups of up to thirty.",
    },
    {
        "kind": Partner.Kind.SELF_EMPLOYED,
        "name": "Oluwaseun Marsh, stone carver",
        "postcode": "SE1 9PX",
        "person_name": "Oluwaseun Marsh",
        "email": f"oluwaseun.marsh@{DOMAIN}",
        "telephone": "020 7946 0188",
        "offers": ["placement", "talk"],
        "idea": "Carve a letter in limestone, and hear how somebody lives by doing that.",
    },
)

STAFF: tuple[tuple[int, str, str, str], ...] = (
    (900005, "Leopold", "Anquetil", "teacher"),
    (900002, "Marguerite", "Osei", "senco"),
)


def load(officer: User) -> int:
    """Adds them once, by the services that the pages call. Returns how many were added now."""
    if PartnerApplication.objects.exists() or StaffApplication.objects.exists():
        return 0
    # All or nothing: a load that is ended half-way begins here again.
    with transaction.atomic():
        return _load(officer)


def _load(officer: User) -> int:
    for urn, name in OFFICES.items():
        school = School.objects.get(urn=urn)
        school.office_email, school.office_email_source = f"{name}@{DOMAIN}", "The school’s contact page."
        save_school(school, officer)
    for fields in APPLICATIONS:
        applications.apply(PartnerApplication(**fields))
    for urn, first, last, role in STAFF:
        email = f"{first}.{last}@{DOMAIN}".lower()
        application = StaffApplication(first_name=first, last_name=last, email=email, roles=[role])
        application.school = School.objects.get(urn=urn)
        school_people.apply(application)
    owner = find_user("partner-owner")
    partner = Partner.objects.filter(memberships__user=owner).first()
    if owner is not None and partner is not None:
        partner_people.invite(partner, f"new.printer@{DOMAIN}", "member", owner)
    return len(APPLICATIONS) + len(STAFF)

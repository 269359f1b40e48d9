"""What each kind of message is filled with, for looking at it: the names that its templates use, and no others."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from wagtail.models import Revision, TaskState

from accounts.models import User
from opportunities.models import Opportunity
from partners.models import AssuranceDocument, AssuranceKind, Partner
from schools.models import School, StaffApplication

MOMENT = datetime(2027, 1, 12, 9, 30, tzinfo=UTC)
PARTNER = Partner(pk=7, name="Tallowgate Print Rooms", confirmed_on=date(2027, 1, 12))
PORTAL = f"{settings.SITE_URL}/portal/7/"
STILL_RIGHT = {
    "partner": PARTNER,
    "confirm_url": f"{settings.SITE_URL}/still-right/7.2027-01-12:1abc:signed/",
    "portal_url": PORTAL,
    "good_for_days": 30,
}
DOCUMENT = {
    "partner": PARTNER,
    "document": "Public liability insurance",
    "expires": date(2027, 6, 30),
    "offers": ["Set, ink, pull", "Two weeks on the bench"],
    "portal_url": PORTAL,
}

DECIDED = {
    "title": "Set, ink, pull",
    "thing": Opportunity(pk=9, title="Set, ink, pull"),
    "partner": PARTNER,
    "is_partner": False,
    "say": "Nearly there. Say what pupils make.",
}
WAITING = TaskState(pk=5, started_at=MOMENT, revision=Revision(object_str="Set, ink, pull"))
SENT = {
    "partner": PARTNER,
    "document": AssuranceDocument(
        partner=PARTNER,
        kind=AssuranceKind.PUBLIC_LIABILITY,
        expires=date(2027, 6, 30),
        reason="The last day is cut off. Photograph all of it.",
    ),
}

SCHOOL = School(pk=4, name="Tidegate Primary School")
STAFF = StaffApplication(
    pk=3,
    school=SCHOOL,
    first_name="Wilhelmina",
    last_name="Okafor",
    email="w.okafor@tidegate.example",
    roles=["teacher"],
)

SAMPLES: Mapping[str, Mapping[str, Any]] = {
    "sign-in-code": {"code": "123456", "until": MOMENT},
    "no-account": {},
    "account-changed": {"what": "A passkey was added to your account.", "when": MOMENT},
    "account-leaves": {"leaves_on": date(2027, 2, 11)},
    "returned": DECIDED | {"asked": 2},
    "accepted": DECIDED | {"goes_live_at": MOMENT},
    "safeguarding-decision": {"title": "Set, ink, pull", "partner": PARTNER, "state": WAITING},
    "waiting-for-officers": {"total": 1, "since": MOMENT, "first": [WAITING]},
    "still-right": STILL_RIGHT,
    "page-leaves": STILL_RIGHT | {"leaves_on": date(2027, 8, 9), "last_call": True},
    "page-hidden": STILL_RIGHT,
    "document-expires": DOCUMENT,
    "document-lapsed": DOCUMENT,
    "document-accepted": SENT,
    "document-returned": SENT,
    "document-refused": SENT,
    "invitation": {
        "organisation": "Tallowgate Print Rooms",
        "as_what": "a member",
        "by": "Hester Vale",
        "ends_at": MOMENT,
        "secret": "a-secret",
    },
    "person-joined": {"partner": PARTNER, "person": User(email="callum@press.example"), "role": "Member"},
    "application-received": {},
    "application-declined": {"reason": "We could not find your organisation."},
    "office-asked": {"application": STAFF, "school": SCHOOL, "secret": "a-secret", "ends_at": MOMENT},
    "office-told": {"application": STAFF, "school": SCHOOL, "works_here": True, "contact": "hello@findfusion.example"},
    "staff-confirmed": {"school": SCHOOL},
    "staff-declined": {"school": SCHOOL},
    "staff-waiting": {"school": SCHOOL},
}

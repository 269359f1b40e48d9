"""What pages tell search engines in the words of schema.org. Pure: objects in, plain values out.

A visit, talk or placement is an EducationEvent for each date; without a date there is no event to tell
of. Courses are Courses, and whatever is applied for and paid is a JobPosting. Places are told no closer
than the page does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from directory import words
from opportunities.kinds import Kind
from opportunities.models import Opportunity, Session
from opportunities.visibility import end_of_day
from partners.models import Partner, Site
from taxonomy.models import OutwardCode

Described = dict[str, Any]

CONTEXT = "https://schema.org"
SCHEMA = f"{CONTEXT}/"
MOST_DATES = 20
PAID_WORK = {Kind.JOB: "OTHER", Kind.APPRENTICESHIP: "FULL_TIME", Kind.INTERNSHIP: "INTERN"}
PART_TIME_BELOW_HOURS = 30
NEVER_EVENTS = {Kind.COURSE, *PAID_WORK}
ORGANISATIONS = {
    Partner.Kind.COLLEGE: "CollegeOrUniversity",
    Partner.Kind.CHARITY: "NGO",
    Partner.Kind.DEPARTMENT: "GovernmentOrganization",
    Partner.Kind.PUBLIC_BODY: "GovernmentOrganization",
}
ATTENDANCE = {
    Opportunity.Format.IN_PERSON: "OfflineEventAttendanceMode",
    Opportunity.Format.ONLINE: "OnlineEventAttendanceMode",
    Opportunity.Format.HYBRID: "MixedEventAttendanceMode",
}
PAY_UNITS = {"hour": "HOUR", "week": "WEEK", "year": "YEAR"}


def filled(described: Described) -> Described:
    """Without whatever has no value."""
    return {name: value for name, value in described.items() if value not in (None, "", [], {})}


def organisation(partner: Partner, site_url: str) -> Described:
    """A partner in short, as whoever offers or hosts something."""
    return filled(
        {
            "@type": ORGANISATIONS.get(Partner.Kind(partner.kind), "Organization"),
            "name": partner.name,
            "url": f"{site_url}{partner.get_absolute_url()}",
            "sameAs": partner.website,
        }
    )


def partner_page(partner: Partner, sites: Sequence[Site], site_url: str) -> Described:
    """A partner with where it is. Whom to ask there is shown to those who ask for it, and stands in no page before."""
    return filled(
        {
            "@context": CONTEXT,
            **organisation(partner, site_url),
            "description": partner.summary,
            "address": [_postal_address(site.outward_code, site.address) for site in sites],
        }
    )


def opportunity_page(
    opportunity: Opportunity, sessions: Sequence[Session], site_url: str, *, cancelled: Sequence[Session] = ()
) -> Described | list[Described] | None:
    """What fits the opportunity: a Course, a JobPosting, or an event for each of its dates; None without one.

    `sessions` are those on offer; of events, those that are `cancelled` are told too.
    """
    kind = Kind(opportunity.kind)
    if kind in PAID_WORK:
        return {"@context": CONTEXT, **_job(opportunity, PAID_WORK[kind], site_url)}
    if kind is Kind.COURSE:
        return {"@context": CONTEXT, **_course(opportunity, sessions, site_url)}
    told = sorted([*sessions[:MOST_DATES], *cancelled[:MOST_DATES]], key=lambda each: (each.starts, each.pk))
    events = [{"@context": CONTEXT, **_event(opportunity, each, site_url)} for each in told]
    return events or None


def _common(opportunity: Opportunity, site_url: str) -> Described:
    return {
        "name": opportunity.title,
        "description": opportunity.summary,
        "url": f"{site_url}{opportunity.get_absolute_url()}",
    }


def _event(opportunity: Opportunity, session: Session, site_url: str) -> Described:
    return filled(
        {
            "@type": "EducationEvent",
            **_common(opportunity, site_url),
            "startDate": words.local(session.starts).isoformat(),
            "endDate": words.local(session.ends).isoformat(),
            "eventStatus": f"{SCHEMA}{'EventCancelled' if session.is_cancelled else 'EventScheduled'}",
            "eventAttendanceMode": SCHEMA + ATTENDANCE[Opportunity.Format(opportunity.format)],
            "location": _locations(opportunity, site_url),
            "organizer": organisation(opportunity.offered_by, site_url),
            "audience": _audience(opportunity),
            "offers": None if session.is_cancelled else _offer(opportunity, site_url, full=session.is_full),
            "maximumAttendeeCapacity": session.capacity,
            "remainingAttendeeCapacity": 0 if session.is_cancelled else session.places_left,
            "teaches": [item.tag.name for item in opportunity.skill_items.all()],
        }
    )


def _course(opportunity: Opportunity, sessions: Sequence[Session], site_url: str) -> Described:
    online = opportunity.format == Opportunity.Format.ONLINE
    instance = {
        "@type": "CourseInstance",
        "courseMode": "Online" if online else "Blended" if opportunity.format == "hybrid" else "Onsite",
        "courseWorkload": _workload(opportunity),
        "location": _locations(opportunity, site_url),
    }
    dates = [
        {"startDate": words.local(each.starts).isoformat(), "endDate": words.local(each.ends).isoformat()}
        for each in sessions[:MOST_DATES]
    ]
    return filled(
        {
            "@type": "Course",
            **_common(opportunity, site_url),
            "provider": organisation(opportunity.offered_by, site_url),
            "educationalLevel": opportunity.get_level_display() if opportunity.level not in ("", "none") else "",
            "hasCourseInstance": [filled({**instance, **each}) for each in dates or [{}]],
            "offers": _offer(opportunity, site_url, full=bool(sessions) and all(each.is_full for each in sessions)),
            "teaches": [item.tag.name for item in opportunity.skill_items.all()],
        }
    )


def _job(opportunity: Opportunity, employment: str, site_url: str) -> Described:
    code = _code(opportunity)
    online = opportunity.place == Opportunity.Place.ONLINE
    hours = opportunity.hours_per_week
    if employment == "OTHER" and hours is not None:
        employment = "PART_TIME" if hours < PART_TIME_BELOW_HOURS else "FULL_TIME"
    published = opportunity.first_published_at
    return filled(
        {
            "@type": "JobPosting",
            "title": opportunity.title,
            "description": opportunity.description or opportunity.summary,
            "url": f"{site_url}{opportunity.get_absolute_url()}",
            "datePosted": words.local(published).date().isoformat() if published else None,
            "validThrough": _end_of(opportunity),
            "employmentType": employment,
            "hiringOrganization": organisation(opportunity.host, site_url),
            "jobLocation": {"@type": "Place", "address": _postal_address(code)} if code else None,
            "jobLocationType": "TELECOMMUTE" if online else None,
            "applicantLocationRequirements": {"@type": "Country", "name": "United Kingdom"} if online else None,
            "baseSalary": _salary(opportunity),
            "workHours": f"{hours.normalize():f} hours a week" if hours is not None else "",
        }
    )


def _end_of(opportunity: Opportunity) -> str | None:
    """The moment after which nobody can apply any more."""
    return words.local(end_of_day(opportunity.deadline)).isoformat() if opportunity.deadline else None


def _salary(opportunity: Opportunity) -> Described | None:
    if opportunity.pay_amount is None or opportunity.pay_unit not in PAY_UNITS:
        return None
    value = {
        "@type": "QuantitativeValue",
        "value": f"{opportunity.pay_amount:.2f}",
        "unitText": PAY_UNITS[opportunity.pay_unit],
    }
    return {"@type": "MonetaryAmount", "currency": "GBP", "value": value}


def _workload(opportunity: Opportunity) -> str:
    """How much of a week it takes, and for how long, as schema.org writes durations."""
    if opportunity.hours_per_week is None:
        return ""
    hours = int(opportunity.hours_per_week)
    minutes = int((opportunity.hours_per_week - hours) * 60)
    return f"PT{hours}H{minutes}M" if minutes else f"PT{hours}H"


def _code(opportunity: Opportunity) -> OutwardCode | None:
    return opportunity.site.outward_code if opportunity.site else opportunity.outward_code


def _locations(opportunity: Opportunity, site_url: str) -> list[Described]:
    found: list[Described] = []
    code = _code(opportunity)
    if code is not None and opportunity.place != Opportunity.Place.ONLINE:
        site = opportunity.site
        address = _postal_address(code, site.address if site and not opportunity.in_private_home else "")
        found.append(
            {"@type": "Place", "name": site.name if site else str(code.borough or code.code), "address": address}
        )
    if opportunity.format != Opportunity.Format.IN_PERSON:
        found.append({"@type": "VirtualLocation", "url": f"{site_url}{opportunity.get_absolute_url()}"})
    return found


def _postal_address(code: OutwardCode, street: str = "") -> Described:
    """An address with the first half of its postcode, as pages show it."""
    return filled(
        {
            "@type": "PostalAddress",
            "streetAddress": street,
            "addressLocality": code.borough.name if code.borough else code.local_authority,
            "addressRegion": "London" if code.borough else "",
            "postalCode": code.code,
            "addressCountry": "GB",
        }
    )


def _audience(opportunity: Opportunity) -> list[Described]:
    names = [item.tag.name for item in opportunity.audience_items.all()]
    return [{"@type": "EducationalAudience", "audienceType": name} for name in names]


def _offer(opportunity: Opportunity, site_url: str, *, full: bool) -> Described | None:
    if opportunity.cost == Opportunity.Cost.PAID and opportunity.cost_amount is None:
        return None
    free = opportunity.cost == Opportunity.Cost.FREE or opportunity.cost_amount is None
    return {
        "@type": "Offer",
        "price": "0" if free else f"{opportunity.cost_amount:.2f}",
        "priceCurrency": "GBP",
        "availability": SCHEMA + ("SoldOut" if full else "InStock"),
        "url": f"{site_url}{opportunity.get_absolute_url()}",
    }

"""Reading schools and their terms."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from figures.academic_years import AcademicYear
from taxonomy.models import Borough

from .models import School, SchoolInvitation, SchoolMembership, StaffApplication, TermPeriod
from .rules import CONFIRM_COLLEAGUES


def term_periods(
    year: AcademicYear, *, school: School | None = None, borough: Borough | None = None
) -> QuerySet[TermPeriod]:
    """The terms that hold: the school's own if it has any that year, else its borough's, else those of all London."""
    of_year = TermPeriod.objects.filter(academic_year=year.start_year)
    if school is not None:
        borough = school.outward_code.borough
        if (own := of_year.filter(school=school)).exists():
            return own
    if borough is not None and (of_borough := of_year.filter(borough=borough)).exists():
        return of_borough
    return of_year.filter(Q(school=None) & Q(borough=None))


def with_own_terms(years: Iterable[AcademicYear]) -> tuple[list[Borough], list[School]]:
    """The boroughs and the schools that have term dates of their own in any of these years, by name."""
    of_years = TermPeriod.objects.filter(academic_year__in=[year.start_year for year in years])
    boroughs = Borough.objects.filter(pk__in=of_years.exclude(borough=None).values("borough"))
    schools = School.objects.filter(pk__in=of_years.exclude(school=None).values("school"))
    return list(boroughs.order_by("name")), list(schools.order_by("name"))


def is_school_day(day: date, *, school: School | None = None, borough: Borough | None = None) -> bool:
    """Whether schools are open: a weekday within a term. Bank holidays within terms are not known here."""
    if day.weekday() >= 5:
        return False
    periods = term_periods(AcademicYear.of(day), school=school, borough=borough)
    return periods.filter(starts__lte=day, ends__gte=day).exists()


def open_schools(words: str) -> QuerySet[School]:
    """Open schools whose name, number or postcode holds each of the words."""
    found = School.objects.filter(open=True).select_related("outward_code__borough")
    for word in words.split():
        urn = Q(urn=int(word)) if word.isascii() and word.isdigit() and len(word) < 8 else Q()
        found = found.filter(Q(name__icontains=word) | Q(postcode__icontains=word) | urn)
    return found.order_by("name", "pk")


def colleagues_who_confirm(school: School) -> list[User]:
    """Who may say for the school who works there."""
    of_school = SchoolMembership.objects.filter(
        school=school, role__in=CONFIRM_COLLEAGUES, verified_at__isnull=False, user__is_active=True
    )
    return list(User.objects.filter(pk__in=of_school.values("user")).order_by("pk"))


def staff_of(school: School) -> list[tuple[User, list[SchoolMembership]]]:
    """The school's confirmed people with their roles, by name."""
    people: dict[User, list[SchoolMembership]] = {}
    rows = SchoolMembership.objects.filter(school=school, verified_at__isnull=False, user__is_active=True)
    for membership in rows.select_related("user").order_by("user__last_name", "user__email", "pk"):
        people.setdefault(membership.user, []).append(membership)
    return list(people.items())


def waiting_applications(school: School) -> QuerySet[StaffApplication]:
    """Who says that they work there and has no answer yet."""
    return StaffApplication.objects.filter(school=school, state=StaffApplication.State.WAITING).exclude(email="")


def waiting_invitations(school: School) -> QuerySet[SchoolInvitation]:
    """Invitations that nobody has answered."""
    now = timezone.now()
    return SchoolInvitation.objects.filter(school=school, accepted_at=None, revoked_at=None, ends_at__gt=now)


def schools_of(user: User) -> QuerySet[School]:
    """The schools that have confirmed somebody."""
    return School.objects.filter(memberships__user=user, memberships__verified_at__isnull=False).distinct()


def works_at_a_school(user: User) -> bool:
    """Whether any school has confirmed somebody, or is asked whether they work there."""
    asked = StaffApplication.objects.filter(email__iexact=user.email, state=StaffApplication.State.WAITING)
    return user.school_memberships.exists() or asked.exists()


def confirms_colleagues(user: User) -> bool:
    """Whether somebody says for any school who works there."""
    return user.school_memberships.filter(role__in=CONFIRM_COLLEAGUES, verified_at__isnull=False).exists()


def is_an_office(user: User) -> bool:
    """Whether any school's office is written to at this person's address."""
    return School.objects.filter(office_email__iexact=user.email).exists()

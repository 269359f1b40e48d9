"""Writing about schools: each a transaction, each in the history with who and when."""

from collections.abc import Iterable

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from figures.academic_years import AcademicYear

from .models import Cohort, Group, School, TermPeriod

CREATED, EDITED = "wagtail.create", "wagtail.edit"


def save_school(school: School, user: User | None = None) -> School:
    """Adds or changes a school. Raises ValidationError, as for a postcode that does not exist."""
    with transaction.atomic():
        action = EDITED if school.pk else CREATED
        school.full_clean(exclude=["outward_code"])  # follows from the postcode
        school.save()
        log(instance=school, action=action, user=user)
    return school


def save_cohort(school: School, year: AcademicYear, year_group: int, *, roll: int, user: User | None = None) -> Cohort:
    """Sets the roll of a year group. Raises ValidationError for a year group that does not exist."""
    with transaction.atomic():
        found = Cohort.objects.filter(school=school, academic_year=year.start_year, year_group=year_group).first()
        cohort = found or Cohort(school=school, academic_year=year.start_year, year_group=year_group)
        if found and found.roll == roll:
            return found
        cohort.roll = roll
        cohort.full_clean()
        cohort.save()
        log(instance=cohort, action=EDITED if found else CREATED, user=user)
    return cohort


def save_group(cohort: Cohort, name: str, *, roll: int, user: User | None = None) -> Group:
    """Sets the roll of a class. Raises ValidationError if the classes would hold more pupils than the year group."""
    with transaction.atomic():
        found = Group.objects.filter(cohort=cohort, name=name).first()
        group = found or Group(cohort=cohort, name=name)
        group.roll = roll
        group.full_clean()
        group.save()
        log(instance=group, action=EDITED if found else CREATED, user=user)
    return group


def set_term_periods(year: AcademicYear, periods: Iterable[TermPeriod], user: User | None = None) -> bool:
    """Makes these the terms of all London in that year. Whether that changed anything.

    Raises ValidationError if a period ends before it starts.
    """
    wanted = list(periods)
    with transaction.atomic():
        held = TermPeriod.objects.filter(academic_year=year.start_year, borough=None, school=None)
        if [(one.name, one.starts, one.ends) for one in held] == [(one.name, one.starts, one.ends) for one in wanted]:
            return False
        held.delete()
        for period in wanted:
            period.academic_year = year.start_year
            period.full_clean()
            period.save()
            log(instance=period, action=CREATED, user=user)
    return True

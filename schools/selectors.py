"""Reading schools and their terms."""

from datetime import date

from django.db.models import Q, QuerySet

from figures.academic_years import AcademicYear
from taxonomy.models import Borough

from .models import School, TermPeriod


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


def is_school_day(day: date, *, school: School | None = None, borough: Borough | None = None) -> bool:
    """Whether schools are open: a weekday within a term. Bank holidays within terms are not known here."""
    if day.weekday() >= 5:
        return False
    periods = term_periods(AcademicYear.of(day), school=school, borough=borough)
    return periods.filter(starts__lte=day, ends__gte=day).exists()

"""Schools, their year groups, classes and terms, and the staff who may act for them."""

from .people import SchoolInvitation, SchoolMembership, StaffApplication, check_roles, in_words
from .school import Cohort, Group, School, TermPeriod

__all__ = [
    "Cohort",
    "Group",
    "School",
    "SchoolInvitation",
    "SchoolMembership",
    "StaffApplication",
    "TermPeriod",
    "check_roles",
    "in_words",
]

"""Importing schools, the Family of Schools, and classes."""

from .family import FamilyResource
from .groups import GroupResource
from .register import SchoolResource

__all__ = ["FamilyResource", "GroupResource", "SchoolResource"]

"""What visitors leave: lists that they shared, notes of what is missing, reports of problems."""

from .problem_report import ProblemReport
from .shared_list import SharedList
from .wanted_note import WantedNote

__all__ = ["ProblemReport", "SharedList", "WantedNote"]

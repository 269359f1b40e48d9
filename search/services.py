"""Keeping the index right: rebuilding it, bringing it up to date, mending it."""

from search.comparing import Difference, Fault, repair
from search.draining import Drainer, RebuildDueError
from search.rebuilding import RebuildFailedError, Rebuilt, rebuild

__all__ = ["Difference", "Drainer", "Fault", "RebuildDueError", "RebuildFailedError", "Rebuilt", "rebuild", "repair"]

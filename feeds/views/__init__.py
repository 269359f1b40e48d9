"""What other systems read."""

from .calendar import opportunity_calendar, partner_calendar, search_calendar, session_calendar
from .sitemap import robots, sitemap_file, sitemap_index

__all__ = [
    "opportunity_calendar",
    "partner_calendar",
    "robots",
    "search_calendar",
    "session_calendar",
    "sitemap_file",
    "sitemap_index",
]

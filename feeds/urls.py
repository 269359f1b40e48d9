from django.urls import URLPattern, path

from .views import (
    opportunity_calendar,
    partner_calendar,
    robots,
    search_calendar,
    session_calendar,
    sitemap_file,
    sitemap_index,
)

urlpatterns: list[URLPattern] = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_file, name="sitemap-part"),
    path("search/calendar.ics", search_calendar, name="search-calendar"),
    path("sessions/<int:pk>/calendar.ics", session_calendar, name="session-calendar"),
    path("opportunities/<int:pk>/calendar.ics", opportunity_calendar, name="opportunity-calendar"),
    path("partners/<int:pk>/calendar.ics", partner_calendar, name="partner-calendar"),
]

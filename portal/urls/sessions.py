"""Addresses of the portal: sessions."""

from django.urls import URLPattern, path

from portal.views import sessions

DATES = "portal/<int:partner_pk>/opportunities/<int:opportunity_pk>/dates/"

urlpatterns: list[URLPattern] = [
    path(DATES, sessions.dates, name="portal-sessions"),
    path(f"{DATES}<int:session_pk>/", sessions.session, name="portal-session"),
    path(f"{DATES}<int:session_pk>/cancel/", sessions.cancel, name="portal-session-cancel"),
    path(f"{DATES}<int:session_pk>/remove/", sessions.remove, name="portal-session-remove"),
]

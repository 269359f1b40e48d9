"""Addresses of the portal and of joining, a file for each part."""

from django.urls import URLPattern, path

from portal.views.dashboard import choose_partner, dashboard

from . import (
    confirming,
    details,
    documents,
    joining,
    opportunities,
    people,
    reviewing,
    sessions,
    statistics,
    upload,
)

urlpatterns: list[URLPattern] = [
    path("portal/", choose_partner, name="portals"),
    path("portal/<int:partner_pk>/", dashboard, name="portal"),
    *details.urlpatterns,
    *people.urlpatterns,
    *documents.urlpatterns,
    *opportunities.urlpatterns,
    *sessions.urlpatterns,
    *upload.urlpatterns,
    *statistics.urlpatterns,
    *joining.urlpatterns,
    *reviewing.urlpatterns,
    *confirming.urlpatterns,
]

"""Addresses of the portal: opportunities."""

from django.urls import URLPattern, path

from portal.composing import views
from portal.composing.discarding import discard

ONE = "portal/<int:partner_pk>/opportunities/<int:opportunity_pk>/"

urlpatterns: list[URLPattern] = [
    path("portal/<int:partner_pk>/opportunities/", views.opportunities, name="portal-opportunities"),
    path("portal/<int:partner_pk>/opportunities/new/", views.begin, name="portal-opportunity-new"),
    path(ONE, views.check, name="portal-opportunity"),
    path(f"{ONE}preview/", views.preview, name="portal-opportunity-preview"),
    path(f"{ONE}submit/", views.submit, name="portal-opportunity-submit"),
    path(f"{ONE}withdraw/", views.withdraw, name="portal-opportunity-withdraw"),
    path(f"{ONE}copy/", views.copy, name="portal-opportunity-copy"),
    path(f"{ONE}end/", views.end, name="portal-opportunity-end"),
    path(f"{ONE}discard/", discard, name="portal-opportunity-discard"),
    path(f"{ONE}step/<slug:step>/", views.step, name="portal-opportunity-step"),
]

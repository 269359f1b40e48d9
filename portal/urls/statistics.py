"""Addresses of the portal: how what a partner offers is found and used."""

from django.urls import URLPattern, path

from portal.views import statistics

USE = "portal/<int:partner_pk>/use/"

urlpatterns: list[URLPattern] = [
    path(USE, statistics.statistics, name="portal-statistics"),
    path(f"{USE}use.csv", statistics.statistics_file, name="portal-statistics-file"),
    path(f"{USE}<int:opportunity_pk>/", statistics.opportunity_statistics, name="portal-statistics-opportunity"),
]

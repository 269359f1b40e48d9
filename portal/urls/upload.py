"""Addresses of the portal: upload."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

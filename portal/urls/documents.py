"""Addresses of the portal: documents."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

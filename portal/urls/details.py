"""Addresses of the portal: details."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

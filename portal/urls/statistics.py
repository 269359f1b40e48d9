"""Addresses of the portal: statistics."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Addresses of the portal: opportunities."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

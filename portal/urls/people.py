"""Addresses of the portal: people."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

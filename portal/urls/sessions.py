"""Addresses of the portal: sessions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

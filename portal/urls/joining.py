"""Addresses of the portal: joining."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

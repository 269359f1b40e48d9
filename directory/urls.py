from django.urls import URLPattern, path, register_converter
from django.views.generic import RedirectView

from .views import (
    opportunity_contact,
    opportunity_page,
    opportunity_website,
    partner_contact,
    partner_page,
    partner_website,
    partners_page,
    search_page,
    suggestions,
)


class NameInAddress:
    """What stands behind the number in an address: anything, since the number alone finds the page."""

    regex = "[^/]*"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(NameInAddress, "name")

urlpatterns: list[URLPattern] = [
    path("search/", search_page, name="search"),
    path("search/suggestions/", suggestions, name="suggestions"),
    path("opportunities/", RedirectView.as_view(pattern_name="search", permanent=True), name="opportunities"),
    path("opportunities/<int:pk>/", opportunity_page, name="opportunity-by-number"),
    path("opportunities/<int:pk>-<name:slug>/", opportunity_page, name="opportunity"),
    path("opportunities/<int:pk>-<name:slug>/contact/", opportunity_contact, name="opportunity-contact"),
    path("opportunities/<int:pk>-<name:slug>/website/", opportunity_website, name="opportunity-website"),
    path("partners/", partners_page, name="partners"),
    path("partners/<int:pk>/", partner_page, name="partner-by-number"),
    path("partners/<int:pk>-<name:slug>/", partner_page, name="partner"),
    path("partners/<int:pk>-<name:slug>/contact/", partner_contact, name="partner-contact"),
    path("partners/<int:pk>-<name:slug>/website/", partner_website, name="partner-website"),
]

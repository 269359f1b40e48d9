from django.urls import URLPattern, path, register_converter
from django.views.generic import RedirectView

from .views import opportunity_page, partner_page, partners_page, search_page, suggestions


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
    path("partners/", partners_page, name="partners"),
    path("partners/<int:pk>/", partner_page, name="partner-by-number"),
    path("partners/<int:pk>-<name:slug>/", partner_page, name="partner"),
]

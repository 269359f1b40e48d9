from django.urls import URLPattern, path, register_converter
from django.views.generic import RedirectView

from .views import (
    accessibility_page,
    change_shortlist,
    desk_sheet,
    lists_page,
    opportunity_contact,
    opportunity_page,
    opportunity_print,
    opportunity_shared,
    opportunity_website,
    paper,
    partner_contact,
    partner_page,
    partner_shared,
    partner_website,
    partners_page,
    privacy_page,
    report_opportunity_page,
    report_partner_page,
    report_thanks_page,
    results_spreadsheet,
    search_page,
    share_shortlist,
    shared_list_page,
    shortlist_page,
    shortlist_saved,
    suggestions,
    take_list,
    wanted_page,
    wanted_thanks_page,
    young_people_page,
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
    path("search/results.xlsx", results_spreadsheet, name="results-spreadsheet"),
    path("opportunities/", RedirectView.as_view(pattern_name="search", permanent=True), name="opportunities"),
    path("opportunities/<int:pk>/", opportunity_page, name="opportunity-by-number"),
    path("opportunities/<int:pk>-<name:slug>/", opportunity_page, name="opportunity"),
    path("opportunities/<int:pk>-<name:slug>/contact/", opportunity_contact, name="opportunity-contact"),
    path("opportunities/<int:pk>-<name:slug>/website/", opportunity_website, name="opportunity-website"),
    path("opportunities/<int:pk>-<name:slug>/print/", opportunity_print, name="opportunity-print"),
    path("opportunities/<int:pk>-<name:slug>/desk-sheet/", desk_sheet, name="desk-sheet"),
    path("opportunities/<int:pk>/shared/", opportunity_shared, name="opportunity-shared"),
    path("o/<int:pk>/", paper, name="paper"),
    path("partners/", partners_page, name="partners"),
    path("partners/<int:pk>/", partner_page, name="partner-by-number"),
    path("partners/<int:pk>-<name:slug>/", partner_page, name="partner"),
    path("partners/<int:pk>-<name:slug>/contact/", partner_contact, name="partner-contact"),
    path("partners/<int:pk>-<name:slug>/website/", partner_website, name="partner-website"),
    path("shortlist/", shortlist_page, name="shortlist"),
    path("shortlist/saved.json", shortlist_saved, name="shortlist-saved"),
    path("shortlist/change/", change_shortlist, name="change-shortlist"),
    path("shortlist/share/", share_shortlist, name="share-shortlist"),
    path("lists/", lists_page, name="lists"),
    path("lists/<name:signed>/", shared_list_page, name="shared-list"),
    path("lists/<name:signed>/take/", take_list, name="take-list"),
    path("wanted/", wanted_page, name="wanted"),
    path("wanted/thanks/", wanted_thanks_page, name="wanted-thanks"),
    path("opportunities/<int:pk>-<name:slug>/report/", report_opportunity_page, name="report-opportunity"),
    path("partners/<int:pk>-<name:slug>/report/", report_partner_page, name="report-partner"),
    path("report/thanks/", report_thanks_page, name="report-thanks"),
    path("partners/<int:pk>/shared/", partner_shared, name="partner-shared"),
    path("privacy/", privacy_page, name="privacy"),
    path("privacy/young-people/", young_people_page, name="privacy-for-young-people"),
    path("accessibility/", accessibility_page, name="accessibility"),
]

"""Addresses at which officers check what partners send, and partners read what they were asked to change."""

from django.urls import URLPattern, path

from portal.composing.mending import returned_opportunity
from portal.views.live_change import change_live_offer
from portal.views.returned import returned_page
from portal.views.reviewing import changes_list, review_one, waiting_list

PARTNER = "portal/<int:partner_pk>/"

urlpatterns: list[URLPattern] = [
    path("review/", waiting_list, name="review"),
    path("review/changes/", changes_list, name="review-changes"),
    path("review/<int:pk>/", review_one, name="review-one"),
    path(f"{PARTNER}page/returned/", returned_page, name="portal-details-returned"),
    path(
        f"{PARTNER}opportunities/<int:opportunity_pk>/returned/",
        returned_opportunity,
        name="portal-returned",
    ),
    path(f"{PARTNER}opportunities/<int:opportunity_pk>/price/", change_live_offer, name="portal-opportunity-live"),
]

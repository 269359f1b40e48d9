"""Addresses of the portal and of signed links: saying that all is still right."""

from django.urls import URLPattern, path

from portal.views.confirming import confirm_from_portal, still_right_page, still_right_thanks

urlpatterns: list[URLPattern] = [
    path("portal/<int:partner_pk>/confirm/", confirm_from_portal, name="portal-confirm"),
    path("still-right/thanks/", still_right_thanks, name="still-right-thanks"),
    path("still-right/<str:signed>/", still_right_page, name="still-right"),
]

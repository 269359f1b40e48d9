"""Addresses of the portal: the own page, sites and contacts."""

from django.urls import URLPattern, path

from portal.views import around, details

PAGE = "portal/<int:partner_pk>/page/"

urlpatterns: list[URLPattern] = [
    path(PAGE, details.details, name="portal-details"),
    path(f"{PAGE}edit/", details.edit_page, name="portal-details-edit"),
    path(f"{PAGE}preview/", details.preview, name="portal-details-preview"),
    path(f"{PAGE}send/", details.send_page, name="portal-details-send"),
    path(f"{PAGE}take-back/", details.take_page_back, name="portal-details-take-back"),
    path(f"{PAGE}sites/add/", around.add_site, name="portal-site-add"),
    path(f"{PAGE}sites/<int:site_pk>/", around.edit_site, name="portal-site"),
    path(f"{PAGE}sites/<int:site_pk>/remove/", around.drop_site, name="portal-site-remove"),
    path(f"{PAGE}contacts/add/", around.add_contact, name="portal-contact-add"),
    path(f"{PAGE}contacts/<int:contact_pk>/", around.edit_contact, name="portal-contact"),
    path(f"{PAGE}contacts/<int:contact_pk>/remove/", around.drop_contact, name="portal-contact-remove"),
]

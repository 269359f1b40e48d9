"""Addresses of the portal: upload."""

from django.urls import URLPattern, path

from portal.views import upload

UPLOAD = "portal/<int:partner_pk>/upload/"

urlpatterns: list[URLPattern] = [
    path(UPLOAD, upload.upload, name="portal-upload"),
    path(f"{UPLOAD}template.<slug:kind>", upload.upload_template, name="portal-upload-template"),
    path(f"{UPLOAD}<int:run_pk>/", upload.upload_run, name="portal-upload-run"),
    path(f"{UPLOAD}<int:run_pk>/confirm/", upload.confirm_upload, name="portal-upload-confirm"),
    path(f"{UPLOAD}<int:run_pk>/discard/", upload.discard_upload, name="portal-upload-discard"),
]

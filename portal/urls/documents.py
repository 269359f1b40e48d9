"""Addresses of the portal: documents."""

from django.urls import URLPattern, path

from portal.views.documents import document_file, documents, take_document_back

urlpatterns: list[URLPattern] = [
    path("portal/<int:partner_pk>/documents/", documents, name="portal-documents"),
    path("portal/<int:partner_pk>/documents/<uuid:key>/file/", document_file, name="portal-document-file"),
    path(
        "portal/<int:partner_pk>/documents/<uuid:key>/take-back/",
        take_document_back,
        name="portal-document-take-back",
    ),
]

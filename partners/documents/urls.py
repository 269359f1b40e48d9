from django.urls import path

from .views import AcceptView, CheckView, DeleteDbsView, FileView, GiveBackView, WaitingView

urlpatterns = [
    path("documents-to-check/", WaitingView.as_view(), name="documents-to-check"),
    path("documents-to-check/<uuid:key>/", CheckView.as_view(http_method_names=["get", "head"]), name="check-document"),
    path("documents-to-check/<uuid:key>/file/", FileView.as_view(), name="document-to-check"),
    path("documents-to-check/<uuid:key>/accept/", AcceptView.as_view(), name="accept-document"),
    path("documents-to-check/<uuid:key>/give-back/", GiveBackView.as_view(), name="give-back-document"),
    path("documents-to-check/<uuid:key>/delete-dbs/", DeleteDbsView.as_view(), name="delete-dbs"),
]

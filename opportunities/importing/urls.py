from django.urls import path

from .views import ConfirmView, DiscardView, RunView, SendView, TemplateFileView

urlpatterns = [
    path("import/", SendView.as_view(), name="import"),
    path("import/template/<slug:table>.<slug:kind>", TemplateFileView.as_view(), name="import-template"),
    path("import/<int:pk>/", RunView.as_view(), name="import-run"),
    path("import/<int:pk>/confirm/", ConfirmView.as_view(), name="import-confirm"),
    path("import/<int:pk>/discard/", DiscardView.as_view(), name="import-discard"),
]

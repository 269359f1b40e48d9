"""Checking documents in the CMS's menu, addresses and histories. `partners.wagtail_hooks` imports this."""

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from .urls import urlpatterns
from .views import TITLE, may_check


class DocumentsMenuItem(MenuItem):
    """Shown to officers."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user may decide on documents."""
        return may_check(request.user)


@hooks.register("register_admin_urls")
def document_urls() -> list[URLPattern]:
    """The pages on which documents are checked."""
    return urlpatterns


@hooks.register("register_admin_menu_item")
def documents_menu_item() -> MenuItem:
    """Below partners."""
    return DocumentsMenuItem(
        TITLE, reverse("documents-to-check"), name="documents-to-check", icon_name="doc-full", order=125
    )


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of a partner says of its documents, by their numbers."""
    actions.register_action("partners.document_sent", "Document sent", "Sent a document")
    actions.register_action("partners.document_returned", "Document returned", "Returned a document")
    actions.register_action("partners.document_refused", "DBS certificate deleted", "Deleted a DBS certificate")
    actions.register_action("partners.document_taken_back", "Document taken back", "Took a document back")

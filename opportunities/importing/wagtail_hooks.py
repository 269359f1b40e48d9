"""Importing in the CMS's menu and addresses. `opportunities.wagtail_hooks` imports this."""

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .urls import urlpatterns
from .views import may_import


class ImportMenuItem(MenuItem):
    """Shown to officers."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user may import."""
        return may_import(request.user)


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern]:
    """The screens of the import."""
    return urlpatterns


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    """Below partners."""
    return ImportMenuItem("Import", reverse("import"), name="import", icon_name="upload", order=130)

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People"
    default = True

    def ready(self) -> None:
        """Registers the start-up checks, and listens for accounts that go."""
        from accounts import checks, receivers  # noqa: F401


class CmsUsersConfig(WagtailUsersAppConfig):
    """Wagtail's own users app, with views that hold administrators to their rights."""

    user_viewset = "accounts.wagtail_hooks.UserViewSet"

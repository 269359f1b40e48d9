from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People"
    default = True

    def ready(self) -> None:
        """Registers the start-up checks, listens for accounts that go, and says who is written to as an officer."""
        from accounts import checks, receivers  # noqa: F401
        from accounts.selectors import moderates
        from notices.capacities import Capacity, say_who

        say_who(Capacity.MODERATES, moderates)


class CmsUsersConfig(WagtailUsersAppConfig):
    """Wagtail's own users app, with views that hold administrators to their rights."""

    user_viewset = "accounts.wagtail_hooks.UserViewSet"

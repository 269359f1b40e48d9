from django.apps import AppConfig
from django.core.checks import register


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = "Partners"

    def ready(self) -> None:
        """Listens to the moderation of what partners send, lets a document's file go with its row, and looks where they lie."""
        from accounts.unneeded import keep_accounts

        from .checks import check_private_folder
        from .documents import receivers  # noqa: F401  it listens
        from .receivers import connect

        connect()
        keep_accounts("partner_memberships", "relationships")
        register(check_private_folder, "partners")

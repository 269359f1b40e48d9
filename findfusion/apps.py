from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FindFusionConfig(AppConfig):
    name = "findfusion"
    verbose_name = "Find Fusion"

    def ready(self) -> None:
        """Registers the start-up checks, and keeps the roles as `findfusion.roles` says after each migration."""
        from findfusion import checks  # noqa: F401
        from findfusion.receivers import disconnect_cms_mail
        from findfusion.roles import sync_roles

        disconnect_cms_mail()
        post_migrate.connect(sync_roles, sender=self, dispatch_uid="findfusion.roles")

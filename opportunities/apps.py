from django.apps import AppConfig


class OpportunitiesConfig(AppConfig):
    name = "opportunities"
    verbose_name = "Opportunities"

    def ready(self) -> None:
        """Listens to the moderation of what partners send."""
        from .receivers import connect

        connect()

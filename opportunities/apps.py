from django.apps import AppConfig


class OpportunitiesConfig(AppConfig):
    name = "opportunities"
    verbose_name = "Opportunities"

    def ready(self) -> None:
        """Listens to the moderation of what partners send, and hears at once when a partner is suspended."""
        from .receivers import connect

        connect()

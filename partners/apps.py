from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = "Partners"

    def ready(self) -> None:
        """Listens to the moderation of what partners send."""
        from .receivers import connect

        connect()

from django.apps import AppConfig


class FindFusionConfig(AppConfig):
    name = "findfusion"
    verbose_name = "Find Fusion"

    def ready(self) -> None:
        """Registers the start-up checks."""
        from findfusion import checks  # noqa: F401

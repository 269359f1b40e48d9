from django.apps import AppConfig


class TaxonomyConfig(AppConfig):
    name = "taxonomy"
    verbose_name = "Vocabularies and places"

    def ready(self) -> None:
        from . import receivers

        receivers.connect()

from django.apps import AppConfig


class TaxonomyConfig(AppConfig):
    name = "taxonomy"
    verbose_name = "Vocabularies and places"

    def ready(self) -> None:
        from . import receivers
        from .resources.formulas import guard_exports

        receivers.connect()
        guard_exports()

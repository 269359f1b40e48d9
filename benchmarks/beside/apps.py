from django.apps import AppConfig


class BesideConfig(AppConfig):
    name = "benchmarks.beside"
    label = "beside"
    default_auto_field = "django.db.models.BigAutoField"

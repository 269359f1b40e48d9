from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "schools"
    verbose_name = "Schools"

    def ready(self) -> None:
        """Says that people of schools need their accounts."""
        from accounts.unneeded import keep_accounts

        keep_accounts("school_memberships")

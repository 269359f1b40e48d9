from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "schools"
    verbose_name = "Schools"

    def ready(self) -> None:
        """Says that people of schools need their accounts, and who is written to as what."""
        from accounts.unneeded import keep_accounts
        from notices.capacities import Capacity, say_who

        from . import selectors

        keep_accounts("school_memberships")
        say_who(Capacity.SCHOOL_STAFF, selectors.works_at_a_school)
        say_who(Capacity.CONFIRMS_COLLEAGUES, selectors.confirms_colleagues)
        say_who(Capacity.SCHOOL_OFFICE, selectors.is_an_office)

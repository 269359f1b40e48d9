from django.apps import AppConfig
from django.core.checks import register


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = "Partners"

    def ready(self) -> None:
        """Listens to the moderation of what partners send, lets a document's file go with its row, and looks where they lie.

        Says whose accounts are needed, and who is written to as what.
        """
        from accounts.unneeded import keep_accounts
        from notices.capacities import Capacity, say_who

        from . import selectors
        from .checks import check_private_folder
        from .documents import receivers  # noqa: F401  it listens
        from .receivers import connect

        connect()
        say_who(Capacity.SERVES_PARTNER, selectors.serves_a_partner)
        say_who(Capacity.OWNS_PARTNER, selectors.owns_a_partner)
        say_who(Capacity.WRITTEN_TO_FOR_PARTNER, selectors.is_written_to_for_a_partner)
        say_who(Capacity.APPLIED_FOR_PARTNER, selectors.has_applied)
        keep_accounts("partner_memberships", "relationships")
        register(check_private_folder, "partners")

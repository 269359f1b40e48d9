"""Another key for the secrets of the second step."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.services import seal_second_factors


class Command(BaseCommand):
    """Encrypts every secret of the second step with the newest key. Safe to run again."""

    help = "Encrypt the keys of apps and recovery codes with the first of SECOND_FACTOR_KEYS; then the others can go."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError if some cannot be read with any of the keys."""
        done = seal_second_factors()
        self.stdout.write(f"{done.sealed} encrypted with the newest key, {done.left} were so already.")
        if done.unreadable:
            raise CommandError(
                f"{done.unreadable} cannot be read. Put the key that they were encrypted with after the newest one in "
                "SECOND_FACTOR_KEYS and run this again. Is it lost, then take them away one by one with "
                "`manage.py forget_second_factor`."
            )

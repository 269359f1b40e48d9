"""Signing in where no mail arrives."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.selectors import code_that_waits


class Command(BaseCommand):
    """Prints the code that a browser waits for: of the last ten minutes, the newest for that address."""

    help = "Print the code that somebody has just asked for on the sign-in page, where no mail arrives yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address that was typed on the sign-in page")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        """Raises CommandError if no browser waits for one."""
        code = code_that_waits(email.strip().lower())
        if code is None:
            raise CommandError(
                "No browser waits for a code for that address. Type it on the sign-in page, press “Send me a code”, and "
                "run this within ten minutes. Only addresses with an account get one: see `manage.py createsuperuser`."
            )
        self.stdout.write(code)

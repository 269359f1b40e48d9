"""`manage.py load_synthetic N`."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.synthetic import Synthesis


class Command(BaseCommand):
    """Makes synthetic opportunities until there are N of them."""

    help = "Make N synthetic opportunities, with partners and sessions, for measuring. Only with DEMO=1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """N, and the seed."""
        parser.add_argument("number", type=int, metavar="N", help="How many there are to be.")
        parser.add_argument("--seed", type=int, default=1, help="Another seed makes other records.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError outside the demonstration."""
        if not settings.DEMO:
            raise CommandError("Synthetic records are public at once. Set DEMO=1 to say that you mean it.")
        made = Synthesis(options["seed"], self.stdout.write).load(options["number"])
        self.stdout.write(f"Made {made:,} opportunities.")

"""`manage.py load_demo`."""

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from wagtail.signal_handlers import disable_reference_index_auto_update

from demo.loader import Loader


class Command(BaseCommand):
    """Loads the demonstration data; again, it adds only what is new in the files."""

    help = "Load the fictional demonstration data. Only with DEMO=1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--day` for another day to reckon dates from."""
        parser.add_argument(
            "--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="Reckon dates from this day, instead of today."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError outside the demonstration, and if the files hold a row that cannot be imported."""
        if not settings.DEMO:
            raise CommandError(
                "This makes users of every role, with nobody's consent but yours. Set DEMO=1 to say that you mean it."
            )
        began = time.monotonic()
        loader = Loader(self.stdout.write, options["day"])
        # One task for each row saved would keep the worker busy for minutes: the index is built once instead.
        with disable_reference_index_auto_update():
            loader.load()
        call_command("rebuild_references_index", verbosity=0)
        self.stdout.write(f"Loaded in {time.monotonic() - began:.0f} seconds.")
        if loader.problems:
            raise CommandError(
                f"{len(loader.problems)} rows of the demonstration files could not be imported as they are."
            )

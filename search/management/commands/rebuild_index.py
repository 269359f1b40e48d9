from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import SearchUnavailableError
from search.management.choosing import add_engine_argument, chosen_stores, label
from search.services import RebuildFailedError, rebuild


class Command(BaseCommand):
    """Builds the search indexes anew."""

    help = "Builds each search index anew beside the live one, compares it with the database, and puts it in place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds --engine."""
        add_engine_argument(parser)

    def handle(self, *_: Any, **options: Any) -> None:
        """Rebuilds one after another; exits with 1 when a new index is not put in place."""
        stores = chosen_stores(options["engine"])
        failures = []
        for store in stores:
            named = label(store, stores)
            try:
                done = rebuild(store, self._teller(named, options["verbosity"]))
            except (RebuildFailedError, SearchUnavailableError) as failed:
                failures.append(f"{named}{failed}")
            else:
                self.stdout.write(
                    f"{named}{done.documents:,} documents in {done.seconds:.1f} s. The new index is live."
                )
            finally:
                store.close()
        if failures:
            raise CommandError("\n".join(failures))

    def _teller(self, named: str, verbosity: int) -> Callable[[str], None]:
        def say(text: str) -> None:
            if verbosity > 1:
                self.stdout.write(f"{named}{text}")

        return say

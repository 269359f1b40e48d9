from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.comparing import Difference, differences, waiting_changes
from search.engines.base import IndexMissingError, IndexStore, SearchUnavailableError
from search.management.choosing import add_engine_argument, chosen_stores, label
from search.services import RebuildDueError, repair


class Command(BaseCommand):
    """Lists every difference between the search indexes and the database."""

    help = "Lists every difference between the search indexes and the database. Exits with 1 if there is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds --engine and --repair."""
        add_engine_argument(parser)
        parser.add_argument("--repair", action="store_true", help="Make everything that differs anew, and look again.")

    def handle(self, *_: Any, **options: Any) -> None:
        """Compares one index after another, mends if asked to, and compares again."""
        stores = chosen_stores(options["engine"])
        failures = []
        for store in stores:
            named = label(store, stores)
            try:
                self._check(store, named, mend=options["repair"])
            except CommandError as failed:
                failures.append(f"{named}{failed}")
            finally:
                store.close()
        if failures:
            raise CommandError("\n".join(failures))

    def _check(self, store: IndexStore, named: str, *, mend: bool) -> None:
        try:
            found = list(differences(store.engine))
            if mended := bool(found and mend):
                self.stdout.write(f"{named}Mending {len(found):,} differences.")
                repair(store, found)
                found = list(differences(store.engine))
            count = len(store.engine.signatures())
        except (IndexMissingError, RebuildDueError) as problem:
            raise CommandError(f"{problem} Run `manage.py rebuild_index`.") from problem
        except (SearchUnavailableError, TimeoutError) as problem:
            raise CommandError(str(problem)) from problem
        for difference in found:
            self.stdout.write(f"{named}{difference}")
        if found:
            raise CommandError(_advice(store, found, mended=mended))
        self.stdout.write(f"{named}No difference: {count:,} documents.")


def _advice(store: IndexStore, found: list[Difference], *, mended: bool) -> str:
    changes = waiting_changes(store)
    if changes:
        hint = "they may mend it"
    elif mended:
        hint = "mending did not help, so run `manage.py rebuild_index`"
    else:
        hint = "run it again with --repair"
    return f"{len(found):,} differences; {changes or 'no'} changes wait to be taken in: {hint}."

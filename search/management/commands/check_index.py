from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.comparing import differences, waiting_changes
from search.engines import SearchUnavailableError, embedded_engine
from search.services import RebuildDueError, repair


class Command(BaseCommand):
    """Lists every difference between the search index and the database."""

    help = "Lists every difference between the search index and the database. Exits with 1 if there is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds --repair."""
        parser.add_argument("--repair", action="store_true", help="Make everything that differs anew, and look again.")

    def handle(self, *_: Any, **options: Any) -> None:
        """Compares, mends if asked to, and compares again."""
        root = Path(settings.SEARCH_INDEX_DIR)
        engine = embedded_engine(root)
        try:
            found = list(differences(engine))
            if found and options["repair"]:
                self.stdout.write(f"Mending {len(found):,} differences.")
                repair(root, found)
                found = list(differences(engine))
            count = len(engine.signatures())
        except (SearchUnavailableError, RebuildDueError) as problem:
            raise CommandError(f"{problem} Run `manage.py rebuild_index`.") from problem
        except TimeoutError as problem:
            raise CommandError(str(problem)) from problem
        for difference in found:
            self.stdout.write(str(difference))
        if found:
            hint = "they may mend it" if (changes := waiting_changes(root)) else "run it again with --repair"
            raise CommandError(f"{len(found):,} differences; {changes or 'no'} changes wait to be taken in: {hint}.")
        self.stdout.write(f"No difference: {count:,} documents.")

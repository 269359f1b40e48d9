from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.services import RebuildFailedError, rebuild


class Command(BaseCommand):
    """Builds the search index anew."""

    help = "Builds the search index anew beside the live one, compares it with the database, and puts it in place."

    def handle(self, *_: Any, **options: Any) -> None:
        """Rebuilds; exits with 1 when the new index is not put in place."""
        say = self.stdout.write if options["verbosity"] > 1 else _nothing
        try:
            done = rebuild(Path(settings.SEARCH_INDEX_DIR), say)
        except RebuildFailedError as failed:
            raise CommandError(str(failed)) from failed
        self.stdout.write(f"{done.documents:,} documents in {done.seconds:.1f} s. The new index is live.")


def _nothing(_: str) -> None:
    """Says nothing."""

"""`manage.py explain_columns`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from opportunities.importing.services import RESOURCES
from taxonomy.resources.explaining import explain


class Command(BaseCommand):
    """Says what the columns of an import mean, as the tables of docs/import.md do."""

    help = "Say what the columns of an import mean."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The name of the table."""
        parser.add_argument("table", choices=list(RESOURCES))

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints a Markdown table."""
        self.stdout.write(explain(RESOURCES[options["table"]]))

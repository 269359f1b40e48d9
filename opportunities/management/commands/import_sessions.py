"""`manage.py import_sessions FILE`."""

from opportunities.resources import SessionResource
from taxonomy.resources.commands import ImportCommand


class Command(ImportCommand):
    """Imports sessions; docs/import.md names the columns."""

    help = "Import sessions from a CSV file or an Excel workbook. They show as soon as their opportunity is public."
    resource_class = SessionResource

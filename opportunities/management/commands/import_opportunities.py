"""`manage.py import_opportunities FILE`."""

from opportunities.resources import OpportunityResource
from taxonomy.resources.commands import ImportCommand


class Command(ImportCommand):
    """Imports opportunities; docs/import.md names the columns."""

    help = "Import opportunities from a CSV file or an Excel workbook. They become drafts, unless --publish is given."
    resource_class = OpportunityResource
    can_publish = True

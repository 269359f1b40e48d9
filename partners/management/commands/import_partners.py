"""`manage.py import_partners FILE`."""

from partners.resources import PartnerResource
from taxonomy.resources.commands import ImportCommand


class Command(ImportCommand):
    """Imports partners; docs/import.md names the columns."""

    help = "Import partners from a CSV file or an Excel workbook. They become drafts, unless --publish is given."
    resource_class = PartnerResource
    can_publish = True

"""`manage.py import_groups FILE`."""

import argparse
from typing import Any

from django.utils import timezone

from figures.academic_years import AcademicYear
from schools.resources import GroupResource
from taxonomy.resources.commands import ImportCommand


class Command(ImportCommand):
    """Imports year groups and classes; docs/import.md names the columns."""

    help = "Import year groups and classes with their rolls, for one academic year."
    resource_class = GroupResource

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Also `--year`."""
        super().add_arguments(parser)
        parser.add_argument(
            "--year", type=int, metavar="YEAR", help="The year in which the academic year starts; without it, this one."
        )

    def more(self, options: dict[str, Any]) -> dict[str, Any]:
        """The academic year."""
        this_year = AcademicYear.of(timezone.localdate())
        return {"year": AcademicYear(options["year"]) if options["year"] else this_year}

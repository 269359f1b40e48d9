"""`manage.py import_schools FILE`."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from schools.resources import FamilyResource, SchoolResource
from taxonomy.resources import RefusedFile
from taxonomy.resources.commands import ImportCommand, read_file


class Command(ImportCommand):
    """Imports schools from the national register; docs/import.md names the columns."""

    help = "Import schools from an extract of the national register (CSV, Windows-1252 as it is published, or UTF-8)."
    resource_class = SchoolResource

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Also `--family`."""
        super().add_arguments(parser)
        parser.add_argument(
            "--family", type=Path, metavar="FILE", help="A list of the Family of Schools, with pupil premium shares."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports the register, then the family. Raises CommandError when a whole file is refused."""
        super().handle(*args, **options)
        family: Path | None = options["family"]
        if family is None:
            return
        try:
            table = FamilyResource.read(family.name, read_file(family))
        except RefusedFile as error:
            raise CommandError(f"{family.name} was refused. {error}") from error
        resource = FamilyResource(user=self.find_user(options["user"]))
        self.say(resource.run(table, dry_run=options["dry_run"]), options["verbosity"])

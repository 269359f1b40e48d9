"""What the import commands of all rooms share."""

import argparse
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from .limits import MAX_BYTES, RefusedFile
from .report import Report
from .tables import TableResource


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises CommandError, without reading it, for one that is not there or far too large."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CommandError(
                f"{path.name} was refused. It is larger than {MAX_BYTES // 1024 // 1024} MB. Split it into smaller ones."
            )
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


class ImportCommand(BaseCommand):
    """`manage.py import_… FILE`: imports a CSV or XLSX file and says what became of each row."""

    resource_class: type[TableResource[Any, Any]]
    can_publish = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """FILE, --dry-run, --user, and --publish where there are drafts."""
        parser.add_argument("file", type=Path, metavar="FILE", help="A CSV file or an Excel workbook (.xlsx).")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, and write nothing.")
        parser.add_argument("--user", metavar="EMAIL", help="Who imports: stands in the history.")
        if self.can_publish:
            parser.add_argument(
                "--publish", action="store_true", help="Publish what may be published, instead of leaving drafts."
            )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError when the whole file is refused; bad rows are reported and stop nothing."""
        path: Path = options["file"]
        try:
            table = self.resource_class.read(path.name, read_file(path))
        except RefusedFile as error:
            raise CommandError(f"{path.name} was refused. {error}") from error
        user, publish = self.find_user(options["user"]), options.get("publish", False)
        if publish and user and not user.has_perm(self.resource_class.publish_permission):
            raise CommandError(f"{user.email} may not publish. Name an officer, or leave out --publish.")
        resource = self.resource_class(user=user, publish=publish, **self.more(options))
        self.say(resource.run(table, dry_run=options["dry_run"]), options["verbosity"])

    def more(self, options: dict[str, Any]) -> dict[str, Any]:
        """What else the resource is told."""
        return {}

    @staticmethod
    def find_user(email: str | None) -> Any:
        """The user of that address. Raises CommandError if there is none."""
        if not email:
            return None
        user = get_user_model()._default_manager.filter(email=email.lower(), is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active user with the address {email}.")
        return user

    def say(self, report: Report, verbosity: int) -> None:
        """Rows about which there is something to say, and how many ended how."""
        for note in report.notes:
            self.stdout.write(note)
        if verbosity:
            for row in report.remarkable:
                self.stdout.write("\n".join(row.lines()))
        self.stdout.write(report.summary())

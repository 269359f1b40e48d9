from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from engagement.retention import apply_retention


class Command(BaseCommand):
    """Deletes or empties what has been kept as long as it may be. Safe to run again."""

    help = "Deletes or empties what has been kept as long as it may be, by the rules in docs/privacy.md."

    def handle(self, *_: Any, **__: Any) -> None:
        """Applies every rule, and says what each did."""
        for each in apply_retention(timezone.now()):
            self.stdout.write(f"{each.model}: {each.rule}: {each.rows:,} rows")

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from engagement.services import count_finished


class Command(BaseCommand):
    """Counts each finished day and month of engagement that is not counted yet. Safe to run again."""

    help = "Counts each finished day and month of engagement that is not counted yet. Safe to run again."

    def handle(self, *_: Any, **__: Any) -> None:
        """Counts, and says what."""
        counted = count_finished(timezone.now())
        for period in counted:
            self.stdout.write(f"Counted: {period}")
        if not counted:
            self.stdout.write("Every finished day is counted.")

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from opportunities.reminders import remind_of_documents
from partners.reminders import remind_to_confirm


class Command(BaseCommand):
    """Asks partners whether all is still right, hides those that say nothing, and tells of documents that run out."""

    help = (
        "Does what is due today about partners that were not confirmed and documents that run out. Safe to run again."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        """Does what is due, and says how much that was; one of both failing keeps nothing from the other."""
        today = timezone.localdate()
        try:
            self.stdout.write(f"Partners asked, warned or hidden: {remind_to_confirm(today):,}")
        finally:
            self.stdout.write(f"Messages about documents: {remind_of_documents(today):,}")

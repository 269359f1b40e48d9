"""`manage.py publish_scheduled`, which takes the place of Wagtail's own: that one stops at the first that fails."""

from typing import Any

from wagtail.management.commands import publish_scheduled

from opportunities import scheduling


class Command(publish_scheduled.Command):
    """Publishes what is due and unpublishes what has expired, each by itself."""

    help = "Publish what is due and unpublish what has expired. What may not be published is logged and stays due."

    def handle(self, *args: Any, **options: Any) -> None:
        """Does it, or only says what is due."""
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        scheduling.unpublish_expired()
        scheduling.publish_due()

"""What the scheduler does for accounts."""

from crontask import cron
from django.tasks import task
from django.utils import timezone

from .unneeded import warn_of_leaving


@cron("40 7 * * *")
@task
def warn_unneeded_accounts() -> None:
    """Tells people that an account nobody needs any more will be erased. In the morning, when people read their mail."""
    warn_of_leaving(timezone.now())

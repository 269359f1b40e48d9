"""What happens by the clock. One scheduler (`manage.py crontask`) puts these into the queue; workers run them.

Times are in Europe/London. Each job may run twice or late without harm.
"""

from crontask import cron
from django.core.management import call_command
from django.tasks import task


@cron("* * * * *")
@task
def publish_scheduled() -> None:
    """Publishes what is due to go live and unpublishes what has expired."""
    call_command("publish_scheduled")


@cron("15 3 * * *")
@task
def prune_task_results() -> None:
    """Deletes the record of tasks that ended well a week ago, and of failed ones after a month."""
    call_command("prune_db_task_results", min_age_days=7, failed_min_age_days=30)


@cron("30 3 * * *")
@task
def clear_sessions() -> None:
    """Deletes sessions that have run out."""
    call_command("clearsessions")

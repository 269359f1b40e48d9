"""What happens by the clock. One scheduler (`manage.py crontask`) puts these into the queue; workers run them.

Times are in Europe/London. Each job may run late or twice without harm.
"""

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED, JobEvent
from crontask import cron, scheduler
from django.core.management import call_command
from django.db import close_old_connections
from django.tasks import task

from accounts.services import forget_ended_sessions
from notices.services import forget_stale_secrets, requeue_lost

LATE_SECONDS = 600  # a busy or restarted scheduler still enqueues what fell due in the last ten minutes
KEPT_DAYS = 7
FAILED_KEPT_DAYS = 30


def let_go_of_the_database(_: JobEvent) -> None:
    """Closes what a job's thread holds open: a connection that broke would fail at each later job."""
    close_old_connections()


scheduler.configure(job_defaults={"misfire_grace_time": LATE_SECONDS, "coalesce": True})
scheduler.add_listener(let_go_of_the_database, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR)


@cron("* * * * *")
@task
def publish_scheduled() -> None:
    """Publishes what is due to go live and unpublishes what has expired."""
    call_command("publish_scheduled")


@cron("*/10 * * * *")
@task
def tend_messages() -> None:
    """Gives messages that lost their task a new one, and empties secret ones that were left half-sent."""
    requeue_lost()
    forget_stale_secrets()


@cron("15 3 * * *")
@task
def prune_task_results() -> None:
    """Deletes the records of tasks: a week after they ended well, a month after they failed."""
    call_command("prune_db_task_results", queue_name="*", min_age_days=KEPT_DAYS, failed_min_age_days=FAILED_KEPT_DAYS)


@cron("30 3 * * *")
@task
def clear_sessions() -> None:
    """Deletes sessions that have run out, and what is listed of their devices."""
    call_command("clearsessions")
    forget_ended_sessions()


@cron("45 3 * * *")
@task
def count_engagement() -> None:
    """Counts what was used on each finished day: late enough that nothing more can belong to yesterday."""
    call_command("count_engagement")


@cron("15 4 * * *")
@task
def apply_retention() -> None:
    """Deletes or empties what has been kept as long as it may be; events only once they are counted."""
    call_command("apply_retention")


@cron("30 7 * * *")
@task
def send_reminders() -> None:
    """Asks partners whether all is still right, hides those that say nothing, tells of documents that run out.

    In the morning, when people read their mail.
    """
    call_command("send_reminders")

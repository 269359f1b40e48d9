"""What happens by the clock: the jobs are registered, and each does its work."""

from datetime import UTC, datetime, timedelta

import pytest
from crontask import scheduler
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from findfusion import tasks

JOBS = {
    "publish_scheduled",
    "prune_task_results",
    "clear_sessions",
    "count_engagement",
    "apply_retention",
    "tend_messages",
}


@pytest.mark.engine_only
def test_every_job_is_registered_with_the_scheduler() -> None:
    assert {job.name for job in scheduler.get_jobs()} >= JOBS


@pytest.mark.engine_only
def test_the_nightly_jobs_run_by_london_time() -> None:
    """In July 03:15 in London is 02:15 UTC."""
    job = next(job for job in scheduler.get_jobs() if job.name == "prune_task_results")
    due = job.trigger.get_next_fire_time(None, datetime(2027, 7, 1, tzinfo=UTC))
    assert due.astimezone(UTC) == datetime(2027, 7, 1, 2, 15, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", sorted(JOBS))
def test_a_worker_runs_each_job(name: str) -> None:
    result = getattr(tasks, name).enqueue()
    call_command("db_worker", queue_name="*", batch=True, interval=0, startup_delay=False, reload=False)
    kept = DBTaskResult.objects.filter(id=result.id).first()
    assert kept is not None
    assert kept.status == "SUCCESSFUL", kept.traceback


@pytest.mark.django_db
def test_sessions_that_have_run_out_are_deleted() -> None:
    now = timezone.now()
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(days=1))
    tasks.clear_sessions.call()
    assert [session.session_key for session in Session.objects.all()] == ["new"]

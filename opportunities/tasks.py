"""What the task worker and the scheduler do for opportunities."""

from crontask import cron
from django.tasks import task

from opportunities.importing import services
from opportunities.models import ImportRun
from opportunities.notices import tell_what_waits


@task()
def read_import(run: int) -> None:
    """Reads a file and says what would happen."""
    services.read(ImportRun.objects.get(pk=run))


@task()
def carry_out_import(run: int) -> None:
    """Imports a file that an officer has confirmed."""
    services.carry_out(ImportRun.objects.get(pk=run))


@cron("45 3 * * *")
@task()
def clear_imports() -> None:
    """Deletes files and reports of imports that are past their time."""
    services.clear()


@cron("30 7 * * *")
@task()
def tell_officers_what_waits() -> None:
    """Writes to officers on weekday mornings, if something waits for them."""
    tell_what_waits()

"""What the scheduler does for partners."""

from crontask import cron
from django.tasks import task

from partners.documents.services import delete_strays


@cron("0 4 * * *")
@task()
def delete_stray_documents() -> None:
    """Deletes files that no document has: what a process left that died between file and row."""
    delete_strays()

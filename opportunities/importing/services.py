"""What happens to a file that an officer sends: it is kept, read, imported or thrown away, and deleted."""

import logging
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from figures.academic_years import AcademicYear
from opportunities.models import ImportRun
from opportunities.models.import_run import KEPT
from opportunities.resources import OpportunityResource, PartnerOpportunityResource, SessionResource
from partners.models import Partner
from partners.resources import PartnerResource
from schools.resources import FamilyResource, GroupResource, SchoolResource
from taxonomy.resources import RefusedFile, TableResource
from taxonomy.resources.limits import MAX_BYTES, MAX_ROWS
from taxonomy.resources.tables import Progress

logger = logging.getLogger(__name__)

FILE_KEPT = timedelta(days=1)
STALE = timedelta(minutes=10)
PROGRESS_EVERY = timedelta(seconds=1)
FAULT = (
    "It stopped because of a fault in Find Fusion, which has been noted. "
    "Send the file again: rows that are there already are not doubled."
)

TOO_LARGE = "The file is larger than {megabytes} MB. Split it into smaller ones."
SUSPENDED = "The partner is suspended. Nothing is imported for it."
#: What a partner may send at a time; officers may send more.
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
UPLOAD_MAX_ROWS = 5_000

RESOURCES: dict[str, type[TableResource[Any, Any]]] = {
    ImportRun.Table.PARTNERS: PartnerResource,
    ImportRun.Table.OPPORTUNITIES: OpportunityResource,
    ImportRun.Table.SESSIONS: SessionResource,
    ImportRun.Table.SCHOOLS: SchoolResource,
    ImportRun.Table.FAMILY: FamilyResource,
    ImportRun.Table.GROUPS: GroupResource,
}


def folder() -> Path:
    """Where files wait, readable by this user alone."""
    found = Path(settings.VAR_DIR) / "imports"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def begin(table: str, file_name: str, size: int, read: Callable[[], bytes], *, publish: bool, user: User) -> ImportRun:
    """Keeps the file of an officer to be read. Raises ValidationError, with the reason, if it is not such a table."""
    resource_class = RESOURCES[table]
    data, rows = _checked(resource_class, file_name, size, read, MAX_BYTES, MAX_ROWS)
    publish = publish and bool(resource_class.publish_permission)
    return _keep(
        data, table=table, file_name=Path(file_name).name[:200], publish=publish, rows_total=rows, sent_by=user
    )


def begin_upload(partner: Partner, file_name: str, size: int, read: Callable[[], bytes], *, user: User) -> ImportRun:
    """Keeps a partner's own table of opportunities to be read.

    Raises ValidationError, with the reason, if it is not such a table, and while another file of theirs is at work.
    """
    moving = [ImportRun.State.READING, ImportRun.State.IMPORTING]
    if any(not is_stale(run) for run in ImportRun.objects.filter(partner=partner, state__in=moving)):
        raise ValidationError({"file": "Another file of yours is still being read. Wait until it is done."})
    data, rows = _checked(PartnerOpportunityResource, file_name, size, read, UPLOAD_MAX_BYTES, UPLOAD_MAX_ROWS)
    return _keep(
        data,
        partner=partner,
        table=ImportRun.Table.OPPORTUNITIES,
        file_name=Path(file_name).name[:200],
        rows_total=rows,
        sent_by=user,
    )


def _checked(
    resource_class: type[TableResource[Any, Any]],
    file_name: str,
    size: int,
    read: Callable[[], bytes],
    most_bytes: int,
    most_rows: int,
) -> tuple[bytes, int]:
    """What the file holds, and how many rows. Raises ValidationError."""
    if size > most_bytes:
        raise ValidationError({"file": TOO_LARGE.format(megabytes=most_bytes // 1024 // 1024)})
    data = read()
    try:
        rows = len(resource_class.read(file_name, data).rows)
    except RefusedFile as error:
        raise ValidationError({"file": str(error)}) from error
    if rows > most_rows:
        raise ValidationError({"file": f"The file has {rows:,} rows. Send at most {most_rows:,} at a time."})
    return data, rows


def _keep(data: bytes, **fields: Any) -> ImportRun:
    """Writes the file where only this user reads it, and the run that is about it."""
    stored_as = f"{uuid.uuid4().hex}.import"
    path = folder() / stored_as
    path.touch(mode=0o600)
    path.write_bytes(data)
    with transaction.atomic():
        return ImportRun.objects.create(stored_as=stored_as, **fields)


def read(run: ImportRun) -> None:
    """Reads the file and says what would happen. Writes nothing else."""
    _work(run, during=ImportRun.State.READING, after=ImportRun.State.READ, dry_run=True)


def confirm(run: ImportRun) -> bool:
    """Takes the file on to be imported; False if that has been done before, or there is no file any more."""
    return _step(run, ImportRun.State.READ, ImportRun.State.IMPORTING, rows_done=0)


def carry_out(run: ImportRun) -> None:
    """Imports a file that was confirmed, then deletes it."""
    _work(run, during=ImportRun.State.IMPORTING, after=ImportRun.State.DONE, dry_run=False)
    _delete_file(run)


def discard(run: ImportRun) -> bool:
    """Throws the file away; False if it is being imported or was."""
    discarded = _step(run, ImportRun.State.READ, ImportRun.State.DISCARDED)
    if discarded:
        _delete_file(run)
    return discarded


def clear() -> None:
    """Deletes files after a day and reports after thirty, and notes where work has stopped without a word."""
    now = timezone.now()
    for run in ImportRun.objects.exclude(stored_as="").filter(sent_at__lt=now - FILE_KEPT):
        _step(run, ImportRun.State.READ, ImportRun.State.DISCARDED)
        _delete_file(run)
    with transaction.atomic():
        moving = [ImportRun.State.READING, ImportRun.State.IMPORTING]
        ImportRun.objects.filter(state__in=moving, moved_at__lt=now - FILE_KEPT).update(
            state=ImportRun.State.FAILED, failure=FAULT
        )
        ImportRun.objects.filter(sent_at__lt=now - KEPT).delete()


def is_stale(run: ImportRun) -> bool:
    """Whether a run should be moving and has not for ten minutes: no task worker, or one that was killed."""
    return run.is_moving and run.moved_at < timezone.now() - STALE


def _step(run: ImportRun, before: str, after: str, **changes: Any) -> bool:
    """Moves from one state to the next, once, whoever else tries at the same moment."""
    with transaction.atomic():
        moved = (
            ImportRun.objects.filter(pk=run.pk, state=before)
            .exclude(stored_as="")
            .update(state=after, moved_at=timezone.now(), **changes)
        )
    run.refresh_from_db()
    return moved == 1


def _work(run: ImportRun, *, during: str, after: str, dry_run: bool) -> None:
    if run.state != during:
        return
    noted = timezone.now()

    def note(done: int, _: int) -> None:
        nonlocal noted
        now = timezone.now()
        if now - noted >= PROGRESS_EVERY:
            noted = now
            ImportRun.objects.filter(pk=run.pk).update(rows_done=done, moved_at=now)

    if run.partner and run.partner.suspended_at is not None:
        _fail(run, SUSPENDED)
        return
    try:
        resource = _resource(run, note)
        table = resource.read(run.file_name, (folder() / run.stored_as).read_bytes())
        report = resource.run(table, dry_run=dry_run)
    except Exception:
        # Whatever it was, the officer must not wait for ever.
        logger.exception("Import %s stopped", run.pk)
        _fail(run, FAULT)
    else:
        ImportRun.objects.filter(pk=run.pk).update(
            state=after, report=report.as_json(), rows_done=len(report.rows), moved_at=timezone.now()
        )
    run.refresh_from_db()


def _resource(run: ImportRun, progress: Progress) -> TableResource[Any, Any]:
    """What reads and writes the rows of a run."""
    if run.partner is not None:
        return PartnerOpportunityResource(partner=run.partner, user=run.sent_by, progress=progress)
    options: dict[str, Any] = (
        {"year": AcademicYear.of(timezone.localdate())} if run.table == ImportRun.Table.GROUPS else {}
    )
    return RESOURCES[run.table](user=run.sent_by, publish=run.publish, progress=progress, **options)


def _fail(run: ImportRun, why: str) -> None:
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.FAILED, failure=why, moved_at=timezone.now())
    _delete_file(run)


def _delete_file(run: ImportRun) -> None:
    if run.stored_as:
        (folder() / run.stored_as).unlink(missing_ok=True)
        ImportRun.objects.filter(pk=run.pk).update(stored_as="")
        run.refresh_from_db()

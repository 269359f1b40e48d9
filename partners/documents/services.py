"""What happens to a document: sent, accepted, returned, deleted. Each a transaction, each in the history by numbers alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from notices.catalogue import DOCUMENT_ACCEPTED, DOCUMENT_REFUSED, DOCUMENT_RETURNED, Kind
from notices.services import send as write_to
from partners.models import Assurance, AssuranceDocument, AssuranceKind, Partner
from partners.services import record_assurance

from .examining import examine
from .selectors import senders_to_tell
from .storage import private_storage

State = AssuranceDocument.State

FOLDER: Final = "documents"
LETTER_NOTE: Final = "The insurer’s letter that covers pupils on work experience."
# So many of one partner in a day: nobody needs more, and disks are not endless.
MOST_A_DAY: Final = 40
LATEST_YEARS: Final = 10
# A file so old without a row is not just being sent.
STRAY_AFTER: Final = timedelta(days=1)


def today() -> date:
    """The day in London."""
    return timezone.localdate()


def check_last_day(kind: str, expires: date | None) -> None:
    """Raises ValidationError for a last day that has passed, that nobody can mean, or that is missing."""
    if expires is None:
        if kind != AssuranceKind.RISK_ASSESSMENT:
            raise ValidationError({"expires": "Type the last day on which it holds. It stands on the document."})
    elif expires < today():
        raise ValidationError({"expires": "This document has run out. Send the new one, or check the date."})
    elif expires.year > today().year + LATEST_YEARS:
        raise ValidationError({"expires": "Check the year of this date and type it again."})


def send_document(
    partner: Partner,
    user: User,
    kind: AssuranceKind,
    *,
    name: str,
    content: bytes,
    expires: date | None,
    is_letter: bool = False,
) -> AssuranceDocument:
    """Keeps a file for officers to look at; one of the same kind that still waits gives way to it.

    Raises Refusal for a file that is not taken, ValidationError for a last day that cannot be, or too many in a day.
    """
    check_last_day(kind, expires)
    _check_number(partner)
    found = examine(name, content)
    document = AssuranceDocument(
        partner=partner,
        kind=kind,
        is_letter=is_letter,
        media_type=found.media_type,
        size=len(found.content),
        expires=expires,
        sent_at=timezone.now(),
        sent_by=user,
    )
    document.file.save("", ContentFile(found.content), save=False)
    try:
        with transaction.atomic():
            # Two that are sent at the same moment come one after the other: the later one stays.
            Partner.objects.select_for_update().get(pk=partner.pk)
            for earlier in AssuranceDocument.objects.filter(partner=partner, kind=kind, state=State.WAITING):
                _be_done(earlier, State.REPLACED, keep_file=False)
            document.save()
            _note(document, "partners.document_sent", user)
    except BaseException:
        document.file.storage.delete(str(document.file.name))
        raise
    return document


def accept(document: AssuranceDocument, officer: User, *, expires: date | None) -> Assurance:
    """Records the assurance that a document shows, seen by this officer today; what it takes the place of is done.

    Raises ValidationError if it no longer waits, for a last day that cannot be, or if the officer acts for the partner.
    """
    check_last_day(document.kind, expires)
    with transaction.atomic():
        waiting = _waiting(document)
        waiting.assurance = record_assurance(
            waiting.partner,
            AssuranceKind(waiting.kind),
            seen_on=today(),
            expires=expires,
            seen_by=officer,
            note=LETTER_NOTE if waiting.is_letter else "",
        )
        waiting.expires = expires
        _decide(waiting, State.ACCEPTED, officer)
        for earlier in waiting.partner.documents.filter(kind=waiting.kind, state=State.ACCEPTED).exclude(pk=waiting.pk):
            if expires is None or (earlier.expires is not None and earlier.expires <= expires):
                _be_done(earlier, State.REPLACED, keep_file=True)
        _tell(DOCUMENT_ACCEPTED, waiting)
    return waiting.assurance


def give_back(document: AssuranceDocument, officer: User, reason: str) -> None:
    """Returns a document with the reason, which the partner reads. Raises ValidationError without one, or if it no longer waits."""
    if not reason.strip():
        raise ValidationError({"reason": "Say what is wrong and what to send instead: the partner reads it."})
    with transaction.atomic():
        waiting = _waiting(document)
        waiting.reason = reason.strip()
        _decide(waiting, State.RETURNED, officer)
        _be_done(waiting, State.RETURNED, keep_file=True)
        _note(waiting, "partners.document_returned", officer)
        _tell(DOCUMENT_RETURNED, waiting)


def delete_dbs_certificate(document: AssuranceDocument, officer: User) -> None:
    """Deletes the file of a DBS certificate that was sent as something else, at once, and tells the partner why.

    Whatever was decided of it before: what must not be kept is not kept. Raises ValidationError if there is no file.
    """
    with transaction.atomic():
        found = AssuranceDocument.objects.select_for_update().get(pk=document.pk)
        if not found.file:
            raise ValidationError("This file was deleted already.")
        _decide(found, State.REFUSED, officer)
        _be_done(found, State.REFUSED, keep_file=False)
        _note(found, "partners.document_refused", officer)
        _tell(DOCUMENT_REFUSED, found)


def take_back(document: AssuranceDocument, user: User) -> None:
    """Deletes the file that a partner's person does not want looked at after all. Raises ValidationError if it no longer waits."""
    with transaction.atomic():
        waiting = _waiting(document)
        _be_done(waiting, State.TAKEN_BACK, keep_file=False)
        _note(waiting, "partners.document_taken_back", user)


def delete_strays() -> int:
    """Deletes files without a row that have lain there for a day; how many."""
    storage, gone = private_storage(), 0
    held = set(AssuranceDocument.objects.exclude(file="").values_list("file", flat=True))
    for name in _stored(storage, FOLDER):
        if name not in held and storage.get_modified_time(name) < timezone.now() - STRAY_AFTER:
            storage.delete(name)
            gone += 1
    return gone


def _stored(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever sent
        return
    yield from (f"{folder}/{name}" for name in files)
    for each in folders:
        yield from _stored(storage, f"{folder}/{each}")


def _check_number(partner: Partner) -> None:
    since = timezone.now() - timedelta(days=1)
    if AssuranceDocument.objects.filter(partner=partner, sent_at__gte=since).count() >= MOST_A_DAY:
        raise ValidationError({"file": f"You have sent {MOST_A_DAY} documents since yesterday. Go on tomorrow."})


def _waiting(document: AssuranceDocument) -> AssuranceDocument:
    """The document, locked. Raises ValidationError if somebody was quicker."""
    found = AssuranceDocument.objects.select_for_update().get(pk=document.pk)
    if found.state != State.WAITING:
        raise ValidationError(f"This document no longer waits: {found.get_state_display().lower()}.")
    return found


def _decide(document: AssuranceDocument, state: AssuranceDocument.State, officer: User) -> None:
    document.state, document.decided_at, document.decided_by = state, timezone.now(), officer
    document.save()


def _be_done(document: AssuranceDocument, state: AssuranceDocument.State, *, keep_file: bool) -> None:
    """From now on the document is no longer needed. Its file goes with it later, or as soon as this is kept."""
    document.state, document.done_at = state, timezone.now()
    if not keep_file:
        name, storage = str(document.file.name), document.file.storage
        document.file = ""
        transaction.on_commit(lambda: storage.delete(name))
    document.save()


def _note(document: AssuranceDocument, action: str, user: User) -> None:
    log(instance=document.partner, action=action, user=user, data={"document": document.pk, "kind": document.kind})


def _tell(kind: Kind, document: AssuranceDocument) -> None:
    for user in senders_to_tell(document):
        write_to(
            kind, user.email, key=f"document {document.pk}", context={"document": document, "partner": document.partner}
        )

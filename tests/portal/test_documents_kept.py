"""Where documents lie, for how long, and that nothing is left behind."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from crontask import scheduler
from django.conf import LazySettings
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from partners.documents.services import delete_strays, send_document
from partners.documents.storage import private_storage
from partners.models import Assurance, AssuranceDocument, AssuranceKind, Partner
from partners.tasks import delete_stray_documents
from tests.factories import AssuranceDocumentFactory, AssuranceFactory, PartnerFactory, PartnerMemberFactory
from tests.portal import made_files as made
from tests.portal.sending import lying_in, place_of

pytestmark = pytest.mark.django_db


def retain_in(days: int) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        call_command("apply_retention", stdout=StringIO())


def sent(partner: Partner) -> AssuranceDocument:
    return send_document(
        partner,
        PartnerMemberFactory.create(partner=partner),
        AssuranceKind.PUBLIC_LIABILITY,
        name="certificate.pdf",
        content=made.pdf(),
        expires=timezone.localdate() + timedelta(days=300),
    )


def test_what_was_returned_goes_after_thirty_days_with_its_file(
    private: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    AssuranceDocumentFactory.create(state="returned", done_at=timezone.now())
    for days, left in ((29, 1), (31, 0)):
        with django_capture_on_commit_callbacks(execute=True):
            retain_in(days)
        assert (AssuranceDocument.objects.count(), len(lying_in(private))) == (left, left)


def test_what_was_accepted_goes_ninety_days_after_its_last_day_and_what_was_seen_stays(
    private: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    seen = AssuranceFactory.create(in_days=10)
    AssuranceDocumentFactory.create(partner=seen.partner, state="accepted", assurance=seen, expires=seen.expires)
    for days, left in ((99, 1), (101, 0)):
        with django_capture_on_commit_callbacks(execute=True):
            retain_in(days)
        assert (AssuranceDocument.objects.count(), len(lying_in(private))) == (left, left)
    assert Assurance.objects.get() == seen


def test_with_a_partner_go_its_files(
    private: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    mine, other = AssuranceDocumentFactory.create(), AssuranceDocumentFactory.create()
    with django_capture_on_commit_callbacks(execute=True):
        mine.partner.delete()
    assert lying_in(private) == [place_of(other)]


def test_a_file_whose_row_cannot_be_kept_is_not_kept(private: Path) -> None:
    gone = PartnerFactory.create()
    member = PartnerMemberFactory.create(partner=gone)
    Partner.objects.filter(pk=gone.pk).delete()
    with pytest.raises(Partner.DoesNotExist):
        send_document(
            gone, member, AssuranceKind.RISK_ASSESSMENT, name="a.pdf", content=made.pdf(), expires=None
        )  # fmt: skip
    assert lying_in(private) == []


def test_what_a_dying_process_left_goes_a_day_later(private: Path) -> None:
    held, fresh, stray = AssuranceDocumentFactory.create_batch(3)
    AssuranceDocument.objects.filter(pk__in=[fresh.pk, stray.pk]).update(file="")
    old = timezone.now().timestamp() - 25 * 3600
    for document in (held, stray):
        os.utime(place_of(document), (old, old))
    delete_stray_documents.call()
    assert "delete_stray_documents" in {job.name for job in scheduler.get_jobs()}, "every night"
    assert set(lying_in(private)) == {place_of(held), place_of(fresh)}


def test_there_may_be_no_folder_yet(private: Path) -> None:
    assert not private.exists()
    assert delete_strays() == 0


def test_a_document_has_no_address_of_its_own(private: Path) -> None:
    document = AssuranceDocumentFactory.create()
    with pytest.raises(ValueError, match="no address"):
        document.file.url  # noqa: B018  asking is what fails


@pytest.mark.parametrize(
    "where",
    [
        lambda settings: Path(settings.MEDIA_ROOT) / "private",
        lambda settings: Path(settings.MEDIA_ROOT).parent,
        lambda settings: Path(settings.STATIC_ROOT),
        lambda settings: Path(settings.STATICFILES_DIRS[0]) / "x" / ".." / "private",
    ],
)
def test_a_folder_that_is_served_is_refused_at_the_start(
    settings: LazySettings, where: Callable[[LazySettings], Path]
) -> None:
    assert "partners.E001" not in {problem.id for problem in run_checks(tags=["partners"])}
    settings.PRIVATE_DIR = where(settings)
    assert "partners.E001" in {problem.id for problem in run_checks(tags=["partners"])}
    assert private_storage().path("a").startswith(str(Path(settings.PRIVATE_DIR).resolve()))


@pytest.mark.django_db(transaction=True)
def test_of_two_that_are_sent_at_once_one_waits(private: Path) -> None:
    partner = PartnerFactory.create()

    def send_one(_: int) -> None:
        try:
            sent(partner)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        list(both.map(send_one, range(2)))
    assert sorted(AssuranceDocument.objects.values_list("state", flat=True)) == ["replaced", "waiting"]
    waiting = AssuranceDocument.objects.get(state="waiting")
    assert lying_in(private) == [place_of(waiting)]

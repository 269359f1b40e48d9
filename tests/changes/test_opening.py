"""Opening a feed while others write: whoever commits after it is heard, however early they began."""

import threading
import time

import pytest
from django.db import connection, transaction

from changes import selectors, services
from partners.models import Partner
from tests.factories import PartnerFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_opening_waits_for_changes_under_way() -> None:
    """A change that recorded itself before there was a feed would reach neither the feed nor its first full read."""
    partner = PartnerFactory.create()
    recorded, finish = threading.Event(), threading.Event()

    def write() -> None:
        try:
            with transaction.atomic():
                mine = Partner.objects.get(pk=partner.pk)
                mine.name = "Written meanwhile"
                mine.save()
                recorded.set()
                finish.wait(10)
        finally:
            connection.close()

    opened: list[float] = []

    def open_it() -> None:
        try:
            services.open_feed("here")
            opened.append(time.monotonic())
        finally:
            connection.close()

    writer, opener = threading.Thread(target=write), threading.Thread(target=open_it)
    writer.start()
    assert recorded.wait(10)
    opener.start()
    opener.join(0.5)
    assert not opened, "the feed was opened in the middle of a change"
    finish.set()
    writer.join(10)
    opener.join(10)
    assert opened
    # The change was committed before the feed was open: the reader's first full read has it.
    assert Partner.objects.get(pk=partner.pk).name == "Written meanwhile"


def test_changes_do_not_wait_for_each_other() -> None:
    one, two = PartnerFactory.create_batch(2)
    services.open_feed("here")
    recorded, finish = threading.Event(), threading.Event()

    def write() -> None:
        try:
            with transaction.atomic():
                Partner.objects.get(pk=one.pk).save()
                recorded.set()
                finish.wait(10)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert recorded.wait(10)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        Partner.objects.get(pk=two.pk).save()
    finish.set()
    writer.join(10)
    feed = selectors.find_feed("here")
    assert feed is not None
    assert {row.object_id for row in selectors.waiting(feed)} == {one.pk, two.pk}


def test_nothing_committed_after_opening_is_missed() -> None:
    """Many writers and one that opens: each object is in the first full read or in the feed."""
    partners = PartnerFactory.create_batch(40)
    stop = threading.Event()

    def write(mine: list[Partner]) -> None:
        try:
            for partner in mine:
                with transaction.atomic():
                    partner.name = f"Renamed {partner.pk}"
                    partner.save()
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(partners[n::4],)) for n in range(4)]
    for writer in writers:
        writer.start()
    feed = services.open_feed("here")
    read = {partner.pk for partner in Partner.objects.filter(name__startswith="Renamed")}
    for writer in writers:
        writer.join(30)
    stop.set()
    told = {row.object_id for row in selectors.waiting(feed, limit=1000)}
    assert {partner.pk for partner in partners} <= read | told

"""The outbox: a change and the word of it are one, for each feed, whatever wrote it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Revision

from changes import selectors, services
from changes.models import Change, Feed
from partners.models import Partner
from taxonomy.models import FusionSkill
from tests.factories import AssuranceFactory, PartnerFactory, SiteFactory, term

pytestmark = pytest.mark.django_db


@pytest.fixture
def feed() -> Feed:
    return services.open_feed("here")


def heard(feed: Feed) -> list[tuple[str, int]]:
    """What the feed has to hear, and then nothing more."""
    rows = selectors.waiting(feed)
    services.forget([row.pk for row in rows])
    return [(row.model, row.object_id) for row in rows]


class UndoneError(Exception):
    """Something failed after the change, in the same transaction."""


def undone(change: Callable[[], object]) -> None:
    with transaction.atomic():
        change()
        raise UndoneError


def test_a_save_is_recorded_once_for_each_feed(feed: Feed) -> None:
    other = services.open_feed("there")
    partner = PartnerFactory.create()
    assert heard(feed) == [("partners.partner", partner.pk)]
    assert heard(other) == [("partners.partner", partner.pk)]
    assert heard(feed) == []


def test_without_a_feed_nothing_piles_up() -> None:
    PartnerFactory.create()
    assert not Change.objects.exists()


def test_a_change_that_is_rolled_back_was_never_recorded(feed: Feed) -> None:
    partner = PartnerFactory.create()
    heard(feed)
    partner.name = "Other"
    with pytest.raises(UndoneError):
        undone(partner.save)
    assert heard(feed) == []
    partner.refresh_from_db()
    assert partner.name != "Other"


def test_a_change_that_cannot_be_recorded_is_not_made(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    partner = PartnerFactory.create(name="Before")

    def refuse(*_: object, **__: object) -> None:
        raise IntegrityError("the outbox is full")

    monkeypatch.setattr(Change.objects, "bulk_create", refuse)
    partner.name = "After"
    with pytest.raises(IntegrityError):
        partner.save()
    partner.refresh_from_db()
    assert partner.name == "Before"


@pytest.mark.parametrize("quiet", ["latest_revision", "has_unpublished_changes", "locked", "locked_by", "locked_at"])
def test_what_only_the_cms_sees_is_not_recorded(feed: Feed, quiet: str) -> None:
    partner = PartnerFactory.create()
    heard(feed)
    partner.save(update_fields=[quiet])
    assert heard(feed) == []
    partner.save(update_fields=[quiet, "name"])
    assert heard(feed) == [("partners.partner", partner.pk)]


def test_fields_may_come_from_a_generator(feed: Feed) -> None:
    partner = PartnerFactory.create(name="Before")
    heard(feed)
    partner.name = "After"
    partner.save(update_fields=(name for name in ["name"]))
    partner.refresh_from_db()
    assert partner.name == "After"
    assert heard(feed) == [("partners.partner", partner.pk)]


def test_a_draft_of_something_live_is_not_recorded(feed: Feed) -> None:
    partner = PartnerFactory.create()
    heard(feed)
    partner.summary = "Being rewritten."
    partner.save_revision()
    assert Revision.objects.for_instance(partner).exists()
    assert heard(feed) == []


def test_deletes_are_recorded_however_they_are_made(feed: Feed) -> None:
    one, two, three = PartnerFactory.create_batch(3)
    site, document = SiteFactory.create(partner=one), AssuranceFactory.create(partner=one)
    with_it = {("partners.site", site.pk), ("partners.assurance", document.pk)}
    all_three = {("partners.partner", partner.pk) for partner in (one, two, three)}
    heard(feed)
    one.delete()
    Partner.objects.filter(pk__in=[two.pk, three.pk]).delete()
    assert set(heard(feed)) == all_three | with_it


def test_a_rolled_back_delete_is_not_recorded(feed: Feed) -> None:
    partner = PartnerFactory.create()
    heard(feed)
    with pytest.raises(UndoneError):
        undone(Partner.objects.filter(pk=partner.pk).delete)
    assert heard(feed) == []
    assert Partner.objects.filter(pk=partner.pk).exists()


def test_a_term_that_is_renamed_is_recorded(feed: Feed) -> None:
    creativity = term(FusionSkill, "creativity")
    creativity.name = "Creative thinking"
    creativity.save()
    assert heard(feed) == [("taxonomy.fusionskill", creativity.pk)]


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError, match="inside the transaction"):
        services.record(Partner, [1])


def test_rows_are_heard_oldest_first_and_at_most_so_many(feed: Feed) -> None:
    partners = PartnerFactory.create_batch(5)
    first = selectors.waiting(feed, limit=3)
    assert [row.object_id for row in first] == [partner.pk for partner in partners[:3]]
    services.forget([row.pk for row in first])
    assert [row.object_id for row in selectors.waiting(feed)] == [partner.pk for partner in partners[3:]]


def test_opening_a_feed_again_keeps_what_it_has_still_to_hear(feed: Feed) -> None:
    partner = PartnerFactory.create()
    assert services.open_feed("here") == feed
    assert heard(feed) == [("partners.partner", partner.pk)]


def test_closing_a_feed_drops_its_rows_and_no_others(feed: Feed) -> None:
    other = services.open_feed("there")
    PartnerFactory.create()
    services.close_feed("here")
    assert selectors.find_feed("here") is None
    assert [row.feed_id for row in Change.objects.all()] == [other.pk]


def test_feeds_that_nobody_reads_are_dropped_after_a_day(feed: Feed) -> None:
    silent = services.open_feed("silent")
    PartnerFactory.create()
    Feed.objects.filter(pk=silent.pk).update(drained_at=timezone.now() - timedelta(hours=25))
    Feed.objects.filter(pk=feed.pk).update(drained_at=timezone.now() - timedelta(hours=23))
    assert services.drop_silent_feeds() == ["silent"]
    assert [row.feed_id for row in Change.objects.all()] == [feed.pk]
    # Its reader learns of it and must rebuild.
    assert services.heartbeat(silent) is False
    assert services.heartbeat(feed) is True


def test_a_heartbeat_keeps_a_feed(feed: Feed) -> None:
    Feed.objects.filter(pk=feed.pk).update(drained_at=timezone.now() - timedelta(days=3))
    services.heartbeat(feed)
    assert services.drop_silent_feeds() == []


def test_a_feed_is_handed_over_to_one_that_is_not_open(feed: Feed) -> None:
    partner = PartnerFactory.create()
    services.hand_over("here", "there")
    assert selectors.find_feed("here") is None
    other = selectors.find_feed("there")
    assert other is not None
    assert heard(other) == [("partners.partner", partner.pk)]


def test_a_feed_is_handed_over_to_one_that_is_open(feed: Feed) -> None:
    """Both have heard the same, so the one that goes on needs nothing of the other."""
    other = services.open_feed("there")
    partner = PartnerFactory.create()
    services.hand_over("here", "there")
    assert list(Feed.objects.all()) == [other]
    assert heard(other) == [("partners.partner", partner.pk)]

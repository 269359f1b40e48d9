"""Writing to the outbox, and what its readers do with it."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import connection, models, transaction
from django.utils import timezone

from .models import Change, Feed

# Any fixed number: the name of the lock that keeps a feed from opening in the middle of a change.
FEEDS_LOCK = 70_197_001
SILENT_AFTER = timedelta(days=1)


def _lock_feeds(*, exclusive: bool) -> None:
    """Until the transaction ends: changes share the lock, opening or ending a feed waits for all of them.

    Without it a change made before the feed was opened, but committed after the reader's first full
    read, would reach neither; and a change under way would fail for the feed that ended.
    SQLite's IMMEDIATE transactions already come one after another.
    """
    if connection.vendor == "postgresql":
        function = "pg_advisory_xact_lock" if exclusive else "pg_advisory_xact_lock_shared"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [FEEDS_LOCK])


def record(model: type[models.Model], ids: Iterable[int]) -> None:
    """Appends one row for each object and feed. Call it inside the transaction that makes the change.

    Raises whatever the database raises, so that a change which cannot be recorded is not made.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A change is recorded inside the transaction that makes it.")
    _lock_feeds(exclusive=False)
    feeds = list(Feed.objects.values_list("id", flat=True))
    if not feeds:
        return
    now = timezone.now()
    label = model._meta.label_lower
    Change.objects.bulk_create(
        [Change(feed_id=feed, model=label, object_id=pk, recorded_at=now) for pk in ids for feed in feeds]
    )


def open_feed(name: str) -> Feed:
    """Starts a feed: every change committed after this is recorded for it. Safe to call again."""
    now = timezone.now()
    with transaction.atomic():
        _lock_feeds(exclusive=True)
        feed, _ = Feed.objects.update_or_create(
            name=name, defaults={"drained_at": now}, create_defaults={"opened_at": now, "drained_at": now}
        )
    return feed


def close_feed(name: str) -> None:
    """Ends a feed and drops its rows; its reader must rebuild before it may open one again."""
    with transaction.atomic():
        _lock_feeds(exclusive=True)
        Feed.objects.filter(name=name).delete()


def hand_over(name: str, to: str) -> None:
    """Ends one feed for the benefit of another, which hears from then on what the first would have heard.

    If the other is open it has heard of everything since; if it is not, the first takes its name and
    keeps its rows.
    """
    with transaction.atomic():
        _lock_feeds(exclusive=True)
        if Feed.objects.filter(name=to).exists():
            Feed.objects.filter(name=name).delete()
        else:
            Feed.objects.filter(name=name).update(name=to, drained_at=timezone.now())


def heartbeat(feed: Feed) -> bool:
    """Notes that the feed's reader is alive. False if the feed was dropped meanwhile: rebuild."""
    with transaction.atomic():
        return Feed.objects.filter(pk=feed.pk).update(drained_at=timezone.now()) == 1


def drop_silent_feeds() -> list[str]:
    """Drops the feeds that nobody read for a day, so that their rows do not pile up. Returns their names."""
    silent = Feed.objects.filter(drained_at__lt=timezone.now() - SILENT_AFTER)
    if not silent.exists():
        # Nearly always: then nobody need wait for the lock.
        return []
    with transaction.atomic():
        _lock_feeds(exclusive=True)
        names = list(silent.values_list("name", flat=True))
        silent.delete()
    return names


def forget(change_ids: Iterable[int]) -> None:
    """Deletes rows that their reader has acted on, by id."""
    with transaction.atomic():
        Change.objects.filter(id__in=list(change_ids)).delete()

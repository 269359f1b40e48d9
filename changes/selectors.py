"""Reading the outbox."""

from .models import Change, Feed


def find_feed(name: str) -> Feed | None:
    """The feed of that name, or None if it is not open."""
    return Feed.objects.filter(name=name).first()


def waiting(feed: Feed, limit: int = 500) -> list[Change]:
    """At most `limit` changes that the feed has still to hear, oldest first."""
    return list(Change.objects.filter(feed=feed).order_by("id")[:limit])

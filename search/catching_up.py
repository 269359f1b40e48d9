"""Whether an index that was away has heard of what changed meanwhile."""

from datetime import timedelta

from changes.models import Change, Feed

#: Two readers of changes are never in step to the moment.
_SLACK = timedelta(seconds=1)


def is_behind(feed: str, standby: str) -> bool:
    """Whether changes wait for one feed that the other has taken in; so it is when the one is not open at all."""
    if not Feed.objects.filter(name=feed).exists():
        return True
    oldest = _oldest_waiting(feed)
    if oldest is None:
        return False
    other = _oldest_waiting(standby)
    return other is None or oldest.recorded_at < other.recorded_at - _SLACK


def _oldest_waiting(feed: str) -> Change | None:
    return Change.objects.filter(feed__name=feed).order_by("id").first()

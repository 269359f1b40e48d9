"""Whether an index that was away has heard of what changed meanwhile."""

from datetime import timedelta

from django.utils import timezone

from changes.models import Change, Feed

#: What has waited for less than this is on its way, and two readers of changes are never in step to the moment.
_SLACK = timedelta(seconds=1)


def is_behind(feed: str, standby: str) -> bool:
    """Whether changes wait for one feed that the other has taken in; so it is when the one is not open at all."""
    if not Feed.objects.filter(name=feed).exists():
        return True
    oldest = _oldest_waiting(feed)
    if oldest is None:
        return False
    other = _oldest_waiting(standby)
    heard_until = other.recorded_at if other else timezone.now()
    return oldest.recorded_at < heard_until - _SLACK


def _oldest_waiting(feed: str) -> Change | None:
    return Change.objects.filter(feed__name=feed).order_by("id").first()

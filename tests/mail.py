"""Sending what waits, as the task worker would."""

from notices.models import Notice
from notices.services import deliver


def deliver_all() -> int:
    """Sends every message that waits; how many went out. pytest's `mailoutbox` holds them."""
    waiting = Notice.objects.filter(state=Notice.State.WAITING).order_by("pk").values_list("pk", flat=True)
    return sum(deliver(key) for key in list(waiting))

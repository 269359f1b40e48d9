"""Sending, in the background."""

from django.tasks import task

from .services import deliver


@task
def deliver_notice(key: int) -> None:
    """Sends one message, unless it was sent."""
    deliver(key)

"""Links in messages."""

import re

from notices.models import Notice

SECRET = re.compile(r"secret=([\w-]+)")


def secret_sent_to(address: str) -> str:
    """The secret of the newest link that waits to be sent to the address."""
    found = Notice.objects.filter(address=address, text__contains="secret=").latest("pk")
    match = SECRET.search(found.text)
    assert match is not None
    return match[1]


def messages_to(address: str) -> list[str]:
    """The kinds of the messages to an address, the oldest first."""
    return list(Notice.objects.filter(address=address).order_by("pk").values_list("kind", flat=True))

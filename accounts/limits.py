"""How often something may be tried: counted in a table that all processes share (ADR 36)."""

import unicodedata

from allauth.core import ratelimit
from django.http import HttpRequest

TRY_LATER = "There were too many tries. Wait ten minutes, then try again."


def within(request: HttpRequest, action: str, *, key: str | None = None) -> bool:
    """Counts one more try of `action`, a line of ACCOUNT_RATE_LIMITS; whether it is within its limits.

    A limit there that ends in `/ip` counts by the visitor's address on the internet, one that ends in `/key` by `key`, which is kept as
    a hash only. A GET is never counted.
    """
    allowed: bool = ratelimit.consume(request, action=action, key=key)
    return allowed


def mailbox(email: str) -> str:
    """The mailbox that an address leads to, by which attempts about it are counted.

    What follows a plus is the reader's own note: however many are made up, all come to the same person.
    """
    name, _, host = unicodedata.normalize("NFKC", email.strip()).casefold().rpartition("@")
    return f"{name.partition('+')[0] or name}@{host}"

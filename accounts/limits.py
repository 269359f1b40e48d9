"""How often something may be tried: counted in a table that all processes share (ADR 36)."""

from allauth.core import ratelimit
from django.http import HttpRequest


def within(request: HttpRequest, action: str, *, key: str | None = None) -> bool:
    """Counts one more try of `action`, a line of ACCOUNT_RATE_LIMITS; whether it is within its limits.

    A limit there that ends in `/ip` counts by the visitor's address on the internet, one that ends in `/key` by `key`, which is kept as
    a hash only. A GET is never counted.
    """
    allowed: bool = ratelimit.consume(request, action=action, key=key)
    return allowed

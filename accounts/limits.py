"""How often something may be asked for: by an address, or from one place of the internet.

Counted in the cache, under a keyed hash: nobody who reads the cache finds an address there, and it forgets by itself.
"""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

SALT = "accounts.limits"


def within_limit(what: str, who: str, *, times: int, seconds: int) -> bool:
    """Counts one more try of `what` by `who`; whether it is among the first `times` of a stretch of `seconds`.

    A stretch begins with its first try. A cache that forgot, or is not there, lets people in rather than keeping all out.
    """
    key = "limit-" + salted_hmac(SALT, f"{what} {who.strip().lower()}", algorithm="sha256").hexdigest()
    if cache.add(key, 1, timeout=seconds):
        return True
    try:
        tries = cache.incr(key)
    except ValueError:  # forgotten in this moment
        return True
    return tries <= times

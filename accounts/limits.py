"""How often something may be asked for: by an address, or from one place of the internet.

Counted in the cache, under a keyed hash: nobody who reads the cache finds an address there, and it forgets by itself.
"""

import math
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

SALT = "accounts.limits"
#: What the cache of all processes is told by.
PREFIX = "limit-"


def within_limit(what: str, who: str, *, times: int, seconds: int) -> bool:
    """Counts one more try of `what` by `who`; whether it is among the first `times` of a stretch of `seconds`.

    A stretch begins with its first try. Two tries at the same moment may count as one: this slows down whoever tries
    often, and guards nothing by itself. A cache that forgot lets people in rather than keeping all out.
    """
    key = PREFIX + salted_hmac(SALT, f"{what} {who.strip().lower()}", algorithm="sha256").hexdigest()
    now = timezone.now()
    tries, ends = cache.get(key) or (0, now + timedelta(seconds=seconds))
    if ends <= now:
        tries, ends = 0, now + timedelta(seconds=seconds)
    # Not `incr`: with a cache in the database it would forget after five minutes.
    cache.set(key, (tries + 1, ends), timeout=math.ceil((ends - now).total_seconds()))
    return tries < times

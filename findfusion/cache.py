"""The cache: each process keeps its own, but for what all of them must agree on."""

from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache

SHARED = "shared"
#: How many attempts there were, and which codes of apps are used (django-allauth, by way of accounts.limits).
SHARED_KEYS = ("allauth",)


def is_shared(key: str) -> bool:
    """Whether all processes must agree on what is kept under this key."""
    return key.startswith(SHARED_KEYS)


class CacheOfTheProcess(LocMemCache):
    """In memory, so that pages pay no query for it; limits on attempts go to the cache that all processes share.

    With limits in each process for itself, eight processes would allow eight times as many attempts.
    """

    def _of(self, key: str) -> BaseCache | None:
        return caches[SHARED] if is_shared(key) else None

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keeps it unless something is kept there; whether it did."""
        shared = self._of(key)
        return shared.add(key, value, timeout, version) if shared else super().add(key, value, timeout, version)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """What is kept there, or the default."""
        shared = self._of(key)
        return shared.get(key, default, version) if shared else super().get(key, default, version)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keeps it."""
        shared = self._of(key)
        return shared.set(key, value, timeout, version) if shared else super().set(key, value, timeout, version)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keeps it longer; whether it was there."""
        shared = self._of(key)
        return shared.touch(key, timeout, version) if shared else super().touch(key, timeout, version)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Adds to what is kept there. Raises ValueError if nothing is."""
        shared = self._of(key)
        return shared.incr(key, delta, version) if shared else super().incr(key, delta, version)

    def has_key(self, key: str, version: int | None = None) -> bool:
        """Whether something is kept there."""
        shared = self._of(key)
        return shared.has_key(key, version) if shared else super().has_key(key, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forgets it; whether it was there."""
        shared = self._of(key)
        return shared.delete(key, version) if shared else super().delete(key, version)

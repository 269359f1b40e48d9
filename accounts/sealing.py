"""Secrets of the second step as they stand in the database: encrypted, so that a copy of it lets nobody in.

The keys are in SECOND_FACTOR_KEYS, the newest first: that one encrypts, all of them decrypt (ADR 46).
"""

import logging
from collections.abc import Callable
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

#: Begins what is encrypted. No key of an app (base32) and no seed (hexadecimal) holds a colon.
SEALED = "sealed:"
#: Where allauth keeps secrets within what it holds of an app or of recovery codes.
SECRETS = ("secret", "seed")
LIST_OF_SECRETS = "migrated_codes"

#: What somebody is told whose secret cannot be read.
CANNOT_BE_READ = (
    "We cannot check codes of your app, nor recovery codes, at the moment. Use a passkey if you have one, or tell whoever "
    "looks after this site."
)

logger = logging.getLogger(__name__)


class UnreadableSecretError(Exception):
    """A secret was encrypted with a key that SECOND_FACTOR_KEYS does not hold, or it holds none that works."""


def seal(text: str) -> str:
    """The text, encrypted with the newest key. Raises UnreadableSecretError where there is no key that works."""
    return SEALED + _keys()[0].encrypt(text.encode()).decode()


def unseal(text: str) -> str:
    """What was sealed; what never was, as it is. Raises UnreadableSecretError."""
    if not text.startswith(SEALED):
        return text
    try:
        return MultiFernet(_keys()).decrypt(text.removeprefix(SEALED)).decode()
    except InvalidToken as error:
        raise _unreadable(
            "What somebody gives at the second step cannot be read with SECOND_FACTOR_KEYS. Put back the key that it was "
            "encrypted with, after the newest one; `manage.py seal_second_factors` counts what cannot be read."
        ) from error


def sealed_anew(data: dict[str, Any]) -> dict[str, Any]:
    """What allauth keeps of an app or of recovery codes, with each secret under the newest key.

    What is so already stays as it is. Raises UnreadableSecretError.
    """
    return _with_each(data, _anew)


def unsealed(data: dict[str, Any]) -> dict[str, Any]:
    """The same without encryption, for a version of the site that knows none. Raises UnreadableSecretError."""
    return _with_each(data, unseal)


def is_key(text: str) -> bool:
    """Whether the text can be a key: 32 bytes as base64 in the letters of addresses."""
    try:
        Fernet(text)
    except ValueError:
        return False
    return True


def _with_each(data: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    found = data | {name: change(data[name]) for name in SECRETS if name in data}
    if LIST_OF_SECRETS in found:
        found[LIST_OF_SECRETS] = [change(each) for each in found[LIST_OF_SECRETS]]
    return found


def _anew(text: str) -> str:
    if text.startswith(SEALED):
        try:
            _keys()[0].decrypt(text.removeprefix(SEALED))
        except InvalidToken:
            pass
        else:
            return text
    return seal(unseal(text))


def _keys() -> list[Fernet]:
    given: list[str] = settings.SECOND_FACTOR_KEYS
    if not given or not all(map(is_key, given)):
        raise _unreadable("SECOND_FACTOR_KEYS holds no key, or something else: `manage.py check` says how to make one.")
    return [Fernet(key) for key in given]


def _unreadable(why: str) -> UnreadableSecretError:
    """Tells whoever looks after the site; what the person is told leads to them."""
    logger.error(why)
    return UnreadableSecretError(why)

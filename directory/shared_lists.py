"""Numbers and addresses of lists that somebody printed or shared.

The number is read out at a desk, so it has no signs that look or sound alike, and no vowels, so it spells nothing.
The address holds the number and a signature: whoever was not given it cannot guess it.
"""

from __future__ import annotations

import secrets

from django.core.signing import BadSignature, Signer

SIGNS = "234679CDFGHJKMNPQRTVWXY"
LENGTH = 6
_SALT = "directory.shared_lists"
_DASH = "-"


def new_number() -> str:
    """A number of six signs by chance, such as 7K2M4Q."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def shown(number: str) -> str:
    """A number as people read it: 7K2-M4Q."""
    return f"{number[:3]}{_DASH}{number[3:]}"


def typed(text: str) -> str | None:
    """The number that somebody typed, with or without dash and spaces, in any case; None where it is none."""
    number = "".join(text.upper().replace(_DASH, "").split())
    return number if len(number) == LENGTH and set(number) <= set(SIGNS) else None


def signed(number: str) -> str:
    """The last part of the address of a list: its number, a dash, the signature."""
    return f"{number}{_DASH}{Signer(salt=_SALT).signature(number)}"


def unsigned(text: str) -> str | None:
    """The number in the last part of an address; None where the signature is not ours."""
    number, _, signature = text.partition(_DASH)
    try:
        return Signer(salt=_SALT).unsign(f"{number}:{signature}")
    except BadSignature:
        return None

"""The signed address by which somebody switches a kind of message off without signing in."""

from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.urls import reverse

from .catalogue import BY_SLUG, Kind

SIGNER = signing.Signer(salt="notices.switch_off")


def switch_off_address(kind: Kind, address: str) -> str:
    """Where this person switches this kind off. It does not run out: messages are kept for years.

    It stands in the query of the address, which logs leave out, since an e-mail address can be read from it.
    """
    return f"{settings.SITE_URL}{reverse('switch-off')}?{urlencode({'m': sign(kind, address)})}"


def sign(kind: Kind, address: str) -> str:
    """What such an address carries."""
    return SIGNER.sign(f"{kind.slug} {address}")


def read(signed: str) -> tuple[Kind, str] | None:
    """The kind and the address that a signed text names; None if it was altered, or the kind is gone or not optional."""
    try:
        slug, _, address = SIGNER.unsign(signed).partition(" ")
    except signing.BadSignature:
        return None
    kind = BY_SLUG.get(slug)
    return (kind, address) if kind is not None and kind.optional else None

"""The signed link by which somebody says, without signing in, that all is still right."""

from datetime import timedelta

from django.core import signing

from .models import Partner

GOOD_FOR = timedelta(days=30)
SIGNER = signing.TimestampSigner(salt="partners.still_right")


def sign(partner: Partner) -> str:
    """What the link carries: the partner and its last confirmation, so that a confirmation uses it up."""
    return SIGNER.sign(_named(partner))


def read(signed: str) -> Partner | None:
    """The partner that may be confirmed by this.

    None if it was altered, is older than thirty days, was used up by a confirmation, or if the partner is suspended or
    not published.
    """
    try:
        named = SIGNER.unsign(signed, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    partner = Partner.objects.filter(pk=named.partition(".")[0]).first()
    if partner is None or named != _named(partner) or partner.is_suspended or not partner.is_unexpired:
        return None
    return partner


def _named(partner: Partner) -> str:
    return f"{partner.pk}.{partner.confirmed_on or 'never'}"

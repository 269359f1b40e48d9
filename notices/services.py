"""Writing messages: kept in the transaction that calls for them, sent by a task, once each."""

from collections.abc import Mapping
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from .catalogue import BY_SLUG, Kind
from .models import Notice

# Waits between attempts; after the last the message counts as failed.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
SUBJECT = "Subject: "


def send(kind: Kind, address: str, *, key: str, context: Mapping[str, Any]) -> Notice | None:
    """Keeps a message and puts its sending into the queue, in the caller's transaction.

    `key` says what it is about, such as `"assurance 12, 30 days"`: the same kind, key and address are sent once, however
    often this is called. Returns None if it was kept before.
    """
    address = address.strip().lower()
    with transaction.atomic():
        if Notice.objects.filter(kind=kind.slug, key=key, address=address).exists():
            return None
        subject, text, html = _render(kind, address, context)
        notice, is_new = Notice.objects.get_or_create(
            kind=kind.slug,
            key=key,
            address=address,
            defaults={"subject": subject, "text": text, "html": html, "created_at": timezone.now()},
        )
        if not is_new:
            return None
        from .tasks import deliver_notice

        deliver_notice.enqueue(notice.pk)
    return notice


def _render(kind: Kind, address: str, context: Mapping[str, Any]) -> tuple[str, str, str]:
    whole = {"site_url": settings.SITE_URL, "address": address, **context}
    first, _, text = render_to_string(f"notices/{kind.slug}.txt", whole).lstrip().partition("\n")
    if not first.startswith(SUBJECT):
        raise ValueError(f"The first line of notices/{kind.slug}.txt must begin with {SUBJECT!r}.")
    return (
        first.removeprefix(SUBJECT).strip(),
        text.strip() + "\n",
        render_to_string(f"notices/{kind.slug}.html", whole),
    )


def deliver(key: int) -> bool:
    """Sends one message that waits; whether it went out now.

    It is claimed, and the claim kept, before anything is sent: a process that dies in between leaves it claimed, and it
    is not sent again by itself, since it may have gone. A failure puts it back to wait; after the last attempt it counts
    as failed.
    """
    notice = _claim(key)
    if notice is None:
        return False
    message = EmailMultiAlternatives(notice.subject, notice.text, to=[notice.address])
    message.attach_alternative(notice.html, "text/html")
    try:
        message.send()
    except (OSError, SMTPException) as error:
        _put_back(notice, error)
        return False
    notice.state, notice.sent_at, notice.problem = Notice.State.SENT, timezone.now(), ""
    if notice.kind in BY_SLUG and BY_SLUG[notice.kind].secret:
        notice.text = notice.html = ""
    notice.save()
    return True


def _claim(key: int) -> Notice | None:
    with transaction.atomic():
        notice = Notice.objects.select_for_update().filter(pk=key, state=Notice.State.WAITING).first()
        if notice is not None:
            notice.state, notice.claimed_at, notice.attempts = Notice.State.SENDING, timezone.now(), notice.attempts + 1
            notice.save()
    return notice


def _put_back(notice: Notice, error: Exception) -> None:
    from .tasks import deliver_notice

    with transaction.atomic():
        notice.problem = f"{type(error).__name__}: {error}"[:200]
        if notice.attempts > len(WAITS):
            notice.state = Notice.State.FAILED
        else:
            notice.state = Notice.State.WAITING
            deliver_notice.using(run_after=timezone.now() + WAITS[notice.attempts - 1]).enqueue(notice.pk)
        notice.save()

"""Writing messages: kept in the transaction that calls for them, sent by a task, once each."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import Context, engines
from django.utils import timezone
from wagtail.log_actions import log

from .addresses import switch_off_address
from .capacities import Capacity
from .catalogue import Kind
from .models import Notice, SwitchedOff
from .selectors import choices_of, half_sent, is_switched_off, left_over

# Waits between attempts; after the last the message counts as failed.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
# A message that should have been tried so long ago has lost its task.
LOST_AFTER = timedelta(minutes=15)
SUBJECT = "Subject: "
LONGEST_SUBJECT = 200


def send(kind: Kind, address: str, *, key: str, context: Mapping[str, Any]) -> Notice | None:
    """Keeps a message and puts its sending into the queue, in the caller's transaction.

    `key` says what it is about, such as `"assurance 12, 30 days"`: the same kind, key and address are sent once, however
    often this is called. Returns None if it was kept before, or if the person has switched this kind off. Raises
    ValueError without an address.
    """
    address = address.strip().lower()
    if not address:
        raise ValueError("A message needs an address.")
    with transaction.atomic():
        if Notice.objects.filter(kind=kind.slug, key=key, address=address).exists():
            return None
        if kind.optional and _kept_back(kind, address):
            return None
        subject, text, html = _render(kind, address, context)
        now = timezone.now()
        notice, is_new = Notice.objects.get_or_create(
            kind=kind.slug,
            key=key,
            address=address,
            defaults={"subject": subject, "text": text, "html": html, "created_at": now, "due_at": now},
        )
        if not is_new:
            return None
        _enqueue(notice)
    return notice


def _kept_back(kind: Kind, address: str) -> bool:
    """Whether the person wants none of this kind; notes that this was asked."""
    return bool(SwitchedOff.objects.filter(address=address, kind=kind.slug).update(used_at=timezone.now()))


def _render(kind: Kind, address: str, context: Mapping[str, Any]) -> tuple[str, str, str]:
    """Subject, text and HTML. Only the HTML is escaped: in the others an ampersand is an ampersand."""
    whole = {"site_url": settings.SITE_URL, "address": address, **context}
    if kind.optional:
        whole["switch_off_url"] = switch_off_address(kind, address)
    engine = engines["django"].engine  # type: ignore[attr-defined]  # Django's own engine, which can leave escaping out
    plain = engine.get_template(f"notices/{kind.slug}.txt").render(Context(whole, autoescape=False))
    html = engine.get_template(f"notices/{kind.slug}.html").render(Context(whole))
    first, _, text = plain.lstrip().partition("\n")
    if not first.startswith(SUBJECT):
        raise ValueError(f"The first line of notices/{kind.slug}.txt must begin with {SUBJECT!r}.")
    subject = " ".join(first.removeprefix(SUBJECT).split())
    if kind.optional:
        text = f"{text.strip()}\n\nYou can switch off messages like this one: {whole['switch_off_url']}"
    return subject[:LONGEST_SUBJECT], text.strip() + "\n", html


def deliver(key: int) -> bool:
    """Sends one message that waits and is due; whether it went out now.

    It is claimed, and the claim kept, before anything is sent: a process that dies in between leaves it claimed, and it
    is not sent again by itself, since it may have gone. A failure puts it back to wait; after the last attempt, or if it
    can never be sent, it counts as failed. One that the person has switched off since it was written is not sent.
    """
    notice = _claim(key)
    if notice is None:
        return False
    try:
        _message(notice).send()
    except (OSError, SMTPException) as error:
        _put_back(notice, error)
        return False
    except ValueError as error:  # no mail program would take it, whatever we wait for
        _give_up(notice, error)
        return False
    notice.state, notice.sent_at, notice.problem = Notice.State.SENT, timezone.now(), ""
    _forget_secret(notice)
    notice.save()
    return True


def _message(notice: Notice) -> EmailMultiAlternatives:
    kind = notice.catalogued
    headers = {"Auto-Submitted": "auto-generated"}
    if kind is not None and kind.optional:
        headers["List-Unsubscribe"] = f"<{switch_off_address(kind, notice.address)}>"
    message = EmailMultiAlternatives(notice.subject, notice.text, to=[notice.address], headers=headers)
    message.attach_alternative(notice.html, "text/html")
    return message


def _claim(key: int) -> Notice | None:
    with transaction.atomic():
        waiting = Notice.objects.filter(pk=key, state=Notice.State.WAITING, due_at__lte=timezone.now())
        notice = waiting.select_for_update().first()
        kind = notice.catalogued if notice is not None else None
        if notice is not None and kind is not None and kind.optional and _kept_back(kind, notice.address):
            notice.delete()  # as if it had been switched off when this was written
            return None
        if notice is not None:
            notice.state, notice.claimed_at, notice.attempts = Notice.State.SENDING, timezone.now(), notice.attempts + 1
            notice.save()
    return notice


def _put_back(notice: Notice, error: Exception) -> None:
    if notice.attempts > len(WAITS):
        _give_up(notice, error)
        return
    with transaction.atomic():
        if _still_held(notice):
            notice.problem = _said(error)
            notice.state = Notice.State.WAITING
            notice.due_at = timezone.now() + WAITS[notice.attempts - 1]
            notice.save()
            _enqueue(notice)


def _give_up(notice: Notice, error: Exception) -> None:
    with transaction.atomic():
        if _still_held(notice):
            notice.state, notice.problem = Notice.State.FAILED, _said(error)
            _forget_secret(notice)
            notice.save()


def _still_held(notice: Notice) -> bool:
    """Whether it is still this attempt that the message waits for; locks it.

    One that hung for long may have been sent again meanwhile, by an administrator and another worker: what became of that
    stands, or it would go out once more.
    """
    held = Notice.objects.select_for_update().filter(
        pk=notice.pk, state=Notice.State.SENDING, claimed_at=notice.claimed_at
    )
    return held.first() is not None


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]


def _forget_secret(notice: Notice) -> None:
    """Words that let somebody in are not kept, but in the demonstration, where they are read on a page."""
    if notice.is_secret and not settings.DEMO:
        notice.text = notice.html = ""


def _enqueue(notice: Notice) -> None:
    # The task calls this module, so it is known only once both are loaded.
    from .tasks import deliver_notice

    deliver_notice.using(run_after=notice.due_at).enqueue(notice.pk)


def requeue_lost() -> int:
    """Gives a new task to each message that should have been tried a while ago; how many. Safe to run again."""
    now = timezone.now()
    with transaction.atomic():
        lost = Notice.objects.select_for_update().filter(state=Notice.State.WAITING, due_at__lt=now - LOST_AFTER)
        found = list(lost.order_by("pk"))
        for notice in found:
            notice.due_at = now
            notice.save(update_fields=["due_at"])
            _enqueue(notice)
    return len(found)


def forget_stale_secrets() -> int:
    """Empties secret messages that a process left half-sent, once nobody could use them; how many."""
    with transaction.atomic():
        stuck = half_sent(timezone.now()).exclude(text="", html="")
        found = [notice for notice in stuck if notice.is_secret]
        for notice in found:
            _forget_secret(notice)
            notice.save(update_fields=["text", "html"])
    return len(found)


def send_again(notice: Notice, user: Any) -> None:
    """Sends once more what failed or was left half-sent, because somebody asks for it; it may arrive twice.

    Raises ValidationError if it was sent, still waits, is being sent this moment, or has no words any more.
    """
    with transaction.atomic():
        notice = Notice.objects.select_for_update().get(pk=notice.pk)
        if not left_over(timezone.now()).filter(pk=notice.pk).exists():
            raise ValidationError("This message is not left over: it was sent, or will be by itself.")
        if not notice.text:
            raise ValidationError("Its words are gone, since they let somebody in. Ask the person to begin again.")
        notice.state, notice.attempts, notice.problem = Notice.State.WAITING, 0, ""
        notice.due_at, notice.claimed_at = timezone.now(), None
        notice.save()
        _enqueue(notice)
        log(instance=notice, action="notices.send_again", user=user, title=f"Message {notice.pk}")


def switch(kind: Kind, address: str, *, off: bool) -> None:
    """Switches a kind of message off, or on again, for an address. Raises ValueError for one that may not be."""
    if not kind.optional:
        raise ValueError(f"{kind.slug} cannot be switched off.")
    address = address.strip().lower()
    with transaction.atomic():
        if not off:
            SwitchedOff.objects.filter(address=address, kind=kind.slug).delete()
        elif not is_switched_off(kind, address):
            SwitchedOff.objects.get_or_create(address=address, kind=kind.slug, defaults={"used_at": timezone.now()})


def choose(address: str, wanted: Collection[str], *, shown: Collection[str], capacities: Collection[Capacity]) -> None:
    """Of the kinds that were shown, the person wants those whose slugs are named and no others.

    Only what they get now and may switch off is changed: what they chose of others stays for the day on which they are that
    again, and what they have become since the page was shown is not switched off unseen.
    """
    with transaction.atomic():
        for choice in choices_of(address, capacities):
            if choice.kind.optional and choice.kind.slug in shown:
                switch(choice.kind, address, off=choice.kind.slug not in wanted)

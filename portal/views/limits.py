"""How often the forms of joining may be sent, from one place and about one address (settings, ACCOUNT_RATE_LIMITS)."""

from django.http import HttpRequest

from accounts.limits import mailbox, within

TOO_OFTEN = "This was sent too often in a short time. Nothing was kept. Try again in an hour, or tomorrow."


def may_apply(request: HttpRequest, what: str, email: str, about: str = "") -> bool:
    """Counts an application; whether there were few enough from this place, of this address, and about this school."""
    counts = [within(request, "join", key=f"{what} of {mailbox(email)}")]
    if about:
        counts.append(within(request, "join_about", key=f"{what} about {about}"))
    return all(counts)


def may_invite(request: HttpRequest) -> bool:
    """Counts an invitation; whether somebody who is signed in sent few enough today."""
    return within(request, "invite", key=str(request.user.pk))

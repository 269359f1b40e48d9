"""How often the forms of joining may be sent, from one place and about one address."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from accounts.limits import within_limit

HOUR, DAY = 3_600, 86_400
FROM_A_PLACE, ABOUT_AN_ADDRESS, ABOUT_A_SCHOOL, BY_SOMEBODY = 10, 3, 10, 30
TOO_OFTEN = "This was sent too often in a short time. Nothing was kept. Try again in an hour, or tomorrow."


def place_of(request: HttpRequest) -> str:
    """The address of the internet from which somebody asks, as signing in counts it: behind a proxy, what that saw."""
    return str(get_adapter(request).get_client_ip(request))


def may_apply(request: HttpRequest, what: str, email: str, about: str = "") -> bool:
    """Counts an application; whether there were few enough from this place, of this address, and about this school."""
    counts = [
        within_limit(f"{what} from", place_of(request), times=FROM_A_PLACE, seconds=HOUR),
        within_limit(f"{what} of", email, times=ABOUT_AN_ADDRESS, seconds=DAY),
    ]
    if about:
        counts.append(within_limit(f"{what} about", about, times=ABOUT_A_SCHOOL, seconds=DAY))
    return all(counts)


def may_invite(user_pk: int) -> bool:
    """Counts an invitation; whether somebody sent few enough today."""
    return within_limit("invitations by", str(user_pk), times=BY_SOMEBODY, seconds=DAY)

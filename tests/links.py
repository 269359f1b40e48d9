"""Links in messages."""

import re

from accounts.invitations import send_invitation
from accounts.models import AdviserInvitation, AdviserTeam, Department, DepartmentInvitation, Invitation, User
from notices.models import Notice

SECRET = re.compile(r"secret=([\w-]+)")


def secret_sent_to(address: str) -> str:
    """The secret of the newest link that waits to be sent to the address."""
    found = Notice.objects.filter(address=address, text__contains="secret=").latest("pk")
    match = SECRET.search(found.text)
    assert match is not None
    return match[1]


def messages_to(address: str) -> list[str]:
    """The kinds of the messages to an address, the oldest first."""
    return list(Notice.objects.filter(address=address).order_by("pk").values_list("kind", flat=True))


def invite_to_department(department: Department, email: str, user: User | None) -> Invitation:
    """Invites somebody into a department, as its desk in the CMS does."""
    return send_invitation(DepartmentInvitation(department=department, email=email), user)


def invite_adviser(team: AdviserTeam, email: str, user: User | None, *, is_lead: bool = False) -> Invitation:
    """Invites somebody into a team of advisers, as its desk in the CMS does."""
    return send_invitation(AdviserInvitation(team=team, email=email, is_lead=is_lead), user)

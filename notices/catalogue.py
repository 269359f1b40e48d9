"""Every kind of message that is sent to people: closed, so that a person can be told what they may get.

Each has two templates, `notices/<slug>.txt` (its first line is the subject) and `notices/<slug>.html`, and a sample of
what they are filled with in `tests/notices/samples.py`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message.

    `purpose`: what it is for, in one plain sentence for whoever gets it. `optional`: whether a person may switch it off;
    what is needed to sign in, or tells of something done to somebody's page, may not be. `secret`: whether it holds
    what lets somebody in, so that its words are forgotten as soon as it is sent; its subject is not, so holds no secret.
    """

    slug: str
    title: str
    purpose: str = ""
    optional: bool = False
    secret: bool = False


SIGN_IN_CODE = Kind("sign-in-code", "The code to sign in with", secret=True)
NO_ACCOUNT = Kind("no-account", "A code was asked for with an address that has no account")
ACCOUNT_CHANGED = Kind("account-changed", "How you sign in was changed")
RETURNED = Kind("returned", "Changes that an officer asks for")
ACCEPTED = Kind("accepted", "What you sent, accepted")
DECISION_NEEDED = Kind("safeguarding-decision", "A safeguarding decision that is needed")
WAITING_FOR_OFFICERS = Kind("waiting-for-officers", "What waits for officers, each weekday morning", optional=True)

KINDS: tuple[Kind, ...] = (
    SIGN_IN_CODE,
    NO_ACCOUNT,
    ACCOUNT_CHANGED,
    RETURNED,
    ACCEPTED,
    DECISION_NEEDED,
    WAITING_FOR_OFFICERS,
)

BY_SLUG: dict[str, Kind] = {kind.slug: kind for kind in KINDS}

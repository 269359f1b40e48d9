"""Every kind of message that is sent to people: closed, so that a person can be told what they may get.

Each has two templates, `notices/<slug>.txt` (its first line is the subject) and `notices/<slug>.html`, and a sample of
what they are filled with in `tests/notices/samples.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from .capacities import Capacity


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message.

    `purpose`: what it is for, in one plain sentence for whoever gets it. `optional`: whether a person may switch it off;
    what is needed to sign in, or tells of something done to somebody's page, may not be. `secret`: whether it holds
    what lets somebody in, so that its words are forgotten as soon as it is sent; its subject is not, so holds no secret.
    `to`: as what a person with an account gets it, one of these; none if only people without one do.
    """

    slug: str
    title: str
    purpose: str = ""
    optional: bool = False
    secret: bool = False
    to: tuple[Capacity, ...] = (Capacity.HAS_ACCOUNT,)


# Signing in.
SIGN_IN_CODE = Kind(
    "sign-in-code",
    "The code to sign in with",
    "Brings you the code that you asked for on the page to sign in.",
    secret=True,
)
NO_ACCOUNT = Kind(
    "no-account",
    "A code was asked for with an address that has no account",
    "Tells you that there is no account with your address, when somebody asks for a code with it.",
    to=(),
)
ACCOUNT_CHANGED = Kind(
    "account-changed",
    "How you sign in was changed",
    "Tells you when the way you sign in is changed, in case it was not you who did it.",
)
ACCOUNT_LEAVES = Kind(
    "account-leaves",
    "Your account is about to be erased",
    "Warns you a month before we erase an account that you have not used for two years and that has no place here any more.",
)

# Moderation.
RETURNED = Kind(
    "returned",
    "Changes that an officer asks for",
    "Tells you what an officer asks you to change before something you sent goes public.",
    to=(Capacity.SERVES_PARTNER, Capacity.MODERATES),
)
ACCEPTED = Kind(
    "accepted",
    "What you sent, accepted",
    "Tells you that an officer has accepted what you sent.",
    optional=True,
    to=(Capacity.SERVES_PARTNER, Capacity.MODERATES),
)
DECISION_NEEDED = Kind(
    "safeguarding-decision",
    "A safeguarding decision that is needed",
    "Tells officers at once of an offer that cannot be accepted before they have decided.",
    to=(Capacity.MODERATES,),
)
WAITING_FOR_OFFICERS = Kind(
    "waiting-for-officers",
    "What waits for officers",
    "Tells officers each weekday morning what waits for them.",
    optional=True,
    to=(Capacity.MODERATES,),
)

# Staying true.
STILL_RIGHT = Kind(
    "still-right",
    "Is everything still right?",
    "Asks you twice a year whether what we show of your organisation is still right.",
    optional=True,
    to=(Capacity.WRITTEN_TO_FOR_PARTNER,),
)
PAGE_LEAVES = Kind(
    "page-leaves",
    "Your page is about to leave",
    "Warns you four weeks and one week before we stop showing a page that nobody has confirmed.",
    to=(Capacity.WRITTEN_TO_FOR_PARTNER,),
)
PAGE_HIDDEN = Kind(
    "page-hidden",
    "Your page has left the public pages",
    "Tells you that we stopped showing a page that nobody had confirmed, and how it comes back.",
    to=(Capacity.WRITTEN_TO_FOR_PARTNER,),
)
DOCUMENT_EXPIRES = Kind(
    "document-expires",
    "A document runs out",
    "Reminds you 60, 30 and 7 days before a document, such as your insurance, runs out.",
    optional=True,
    to=(Capacity.WRITTEN_TO_FOR_PARTNER,),
)
DOCUMENT_LAPSED = Kind(
    "document-lapsed",
    "A document has run out",
    "Tells you that a document has run out, and which of your offers we therefore stopped showing.",
    to=(Capacity.WRITTEN_TO_FOR_PARTNER,),
)
# Joining.
INVITATION = Kind(
    "invitation",
    "An invitation to join an organisation",
    "Brings you the link by which you join an organisation that has invited you.",
    secret=True,
)
PERSON_JOINED = Kind(
    "person-joined",
    "Somebody joined a partner that you own",
    "Tells you who accepted an invitation and acts for your organisation now.",
    optional=True,
    to=(Capacity.OWNS_PARTNER,),
)
APPLICATION_RECEIVED = Kind(
    "application-received",
    "Your application to become a partner is here",
    "Tells you that your application has arrived, and who reads it.",
    to=(Capacity.APPLIED_FOR_PARTNER,),
)
APPLICATION_DECLINED = Kind(
    "application-declined",
    "Your application was not accepted",
    "Tells you why your application was not accepted, and how to apply again.",
    to=(Capacity.APPLIED_FOR_PARTNER,),
)
OFFICE_ASKED = Kind(
    "office-asked",
    "A school’s office is asked whether somebody works there",
    "Asks a school’s office whether somebody works there, since only the school can say so.",
    secret=True,
    to=(Capacity.SCHOOL_OFFICE,),
)
OFFICE_TOLD = Kind(
    "office-told",
    "What a school’s office said is noted",
    "Tells a school’s office what it answered, in case it was not the office that did.",
    to=(Capacity.SCHOOL_OFFICE,),
)
STAFF_CONFIRMED = Kind(
    "staff-confirmed",
    "Your school has confirmed that you work there",
    "Tells you that your school has confirmed you, so that you can sign in.",
    to=(Capacity.SCHOOL_STAFF,),
)
STAFF_DECLINED = Kind(
    "staff-declined",
    "Your school has not confirmed that you work there",
    "Tells you that your school does not know you as its staff, so that you can speak to it.",
    to=(Capacity.SCHOOL_STAFF,),
)
STAFF_WAITING = Kind(
    "staff-waiting",
    "A colleague waits to be confirmed",
    "Tells you that a colleague waits for you to say that they work at your school.",
    to=(Capacity.CONFIRMS_COLLEAGUES,),
)

# Documents that partners send.
DOCUMENT_ACCEPTED = Kind(
    "document-accepted",
    "A document was accepted",
    "Tells you that an officer has seen a document that you sent, and until when it holds.",
    optional=True,
    to=(Capacity.SERVES_PARTNER,),
)
DOCUMENT_RETURNED = Kind(
    "document-returned",
    "A document was returned",
    "Tells you what is wrong with a document that you sent, and what to send instead.",
    to=(Capacity.SERVES_PARTNER,),
)
DOCUMENT_REFUSED = Kind(
    "document-refused",
    "A DBS certificate was deleted",
    "Tells you that we deleted a DBS certificate that you sent, and what to send instead.",
    to=(Capacity.SERVES_PARTNER,),
)

KINDS: tuple[Kind, ...] = (
    SIGN_IN_CODE,
    NO_ACCOUNT,
    ACCOUNT_CHANGED,
    ACCOUNT_LEAVES,
    RETURNED,
    ACCEPTED,
    DECISION_NEEDED,
    WAITING_FOR_OFFICERS,
    STILL_RIGHT,
    PAGE_LEAVES,
    PAGE_HIDDEN,
    DOCUMENT_EXPIRES,
    DOCUMENT_LAPSED,
    INVITATION,
    PERSON_JOINED,
    APPLICATION_RECEIVED,
    APPLICATION_DECLINED,
    OFFICE_ASKED,
    OFFICE_TOLD,
    STAFF_CONFIRMED,
    STAFF_DECLINED,
    STAFF_WAITING,
    DOCUMENT_ACCEPTED,
    DOCUMENT_RETURNED,
    DOCUMENT_REFUSED,
)

BY_SLUG: dict[str, Kind] = {kind.slug: kind for kind in KINDS}

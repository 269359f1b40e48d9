"""Roles, what each may get, and how an address or a desk of the CMS is declared (`access_matrix.py` declares them all)."""

from dataclasses import dataclass

# What a role gets.
PAGE = "the page"
SIGN_IN = "sent to sign in"
REFUSED = "refused"  # 403, or the CMS's way of saying so: sent to its first page
SENT_ON = "sent on"  # to another address
NOT_THERE = "not there"  # 404
GONE = "gone"  # 410
POST_ONLY = "wrong method"  # 405: a GET changes nothing

ROLES = (
    "anonymous",
    "signed-in user",
    "partner member",
    "school teacher",
    "adviser",
    "officer",
    "editor",
    "administrator",
)
STAFF = ("officer", "editor", "administrator")

Answers = dict[str, str]


def everybody(answer: str) -> Answers:
    """The same for all."""
    return dict.fromkeys(ROLES, answer)


def staff(officer: str = REFUSED, editor: str = REFUSED, administrator: str = REFUSED) -> Answers:
    """For those who work in the CMS; everybody else is sent to sign in as somebody who does."""
    return everybody(SIGN_IN) | {
        "officer": officer,
        "editor": editor,
        "administrator": administrator,
    }


def own(answer: str) -> Answers:
    """For whoever is signed in."""
    return everybody(answer) | {"anonymous": SIGN_IN}


def of_partner(answer: str) -> Answers:
    """For those who act for the partner; for the others there is no such page."""
    return everybody(NOT_THERE) | {"anonymous": SIGN_IN, "partner member": answer}


@dataclass(frozen=True)
class Row:
    """One route. `path` may name objects of the sample world: `/partners/{partner.pk}/`."""

    route: str
    path: str
    answers: Answers


@dataclass(frozen=True)
class Desk:
    """
    One kind of object in the CMS: the routes below `prefix` that list, add and change it.

    What the roles of the CMS may do: v (see the list), a (add one), c (change one). Nobody else gets in.
    `choosers` are further routes, on which one is chosen from a list: open to those who may see the list,
    or to all of the CMS.
    """

    prefix: str
    model: str
    officer: str = ""
    editor: str = ""
    administrator: str = ""
    new: str = "new/"
    choosers: tuple[str, ...] = ()
    choosers_for_all: bool = False


def snippet(model: str, *, choosers_for_all: bool = False, **roles: str) -> Desk:
    """A desk whose routes are where Wagtail puts those of snippets."""
    where = model.replace(".", "/")
    return Desk(
        f"admin/snippets/{where}/",
        model,
        new="add/",
        choosers=(f"admin/snippets/choose/{where}/",),
        choosers_for_all=choosers_for_all,
        **roles,
    )

"""Every address of the site and what each role gets there. An address that is not here fails the test.

To add an address, add a `Row` with its route as the resolver writes it, an address to try, and what each
role gets. To add a model to the CMS, add a `Desk`. `test_access_matrix.py` asks for each as each role.
"""

from dataclasses import dataclass, field

# What a role gets.
PAGE = "the page"
SIGN_IN = "sent to sign in"
REFUSED = "refused"  # 403, or the CMS's way of saying so: sent to its first page
SENT_ON = "sent on"  # to another address
NOT_THERE = "not there"  # 404
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
    """

    prefix: str
    model: str
    officer: str = ""
    editor: str = ""
    administrator: str = ""
    new: str = "new/"
    also: tuple[str, ...] = field(default=())  # further routes of the same kind of object: its choosers


def snippet(model: str, **roles: str) -> Desk:
    """A desk whose routes are where Wagtail puts those of snippets."""
    where = model.replace(".", "/")
    return Desk(f"admin/snippets/{where}/", model, new="add/", also=(f"admin/snippets/choose/{where}/",), **roles)


# Routes of other projects that are mounted whole. Each is tried at its front door; in the CMS's, the
# sweep below also tries every other door as those who have no business there.
OTHERS = (
    Row("admin/", "/admin/", staff(officer=PAGE, editor=PAGE, administrator=PAGE)),
    Row("documents/", "/documents/1/none.pdf", everybody(NOT_THERE)),
    Row("_util/", "/_util/login/", everybody(PAGE)),
)

# What the CMS shows to anybody, since it holds nothing of the site.
OPEN_DOORS_OF_THE_CMS = (
    "admin/login/",
    "admin/logout/",
    "admin/password_reset/",
    "admin/jsi18n/",
    "admin/sprite/",
    "admin/test404/",
    "admin/failwhale/",
)

ROWS: tuple[Row, ...] = (
    Row("sign-in/", "/sign-in/", everybody(PAGE)),
    Row("sign-out/", "/sign-out/", everybody(POST_ONLY)),
    # The pages that editors keep; the home page among them.
    Row(r"^((?:[\w\-]+/)*)$", "/", everybody(PAGE)),
)

DESKS: tuple[Desk, ...] = (
    snippet("opportunities.opportunity", officer="vac", administrator="vac"),
    snippet("partners.partner", officer="vac", administrator="vac"),
    Desk("admin/opportunities/sessions/", "opportunities.session", officer="vac", administrator="vac"),
)

"""What is said of a file that is not taken."""

from enum import StrEnum


class Why(StrEnum):
    """Why a file is not taken; tests and logs name these, people read the sentence that goes with one."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    NAME = "name"
    OTHER_TYPE = "other type"
    OFFICE = "office document"
    MACRO = "office document with macros"
    ARCHIVE = "archive"
    MARKUP = "web page or drawing"
    PROGRAM = "program"
    OTHER_PICTURE = "other picture"
    TOO_MANY_PIXELS = "too many pixels"
    TOO_SMALL = "too small to be read"
    MOVING = "moving picture"
    DAMAGED = "damaged"
    LOCKED = "locked by a password"
    SCRIPT = "script"
    LAUNCHES = "opens something"
    HOLDS_FILES = "holds other files"
    TWO_IN_ONE = "two files in one"
    TOO_LONG = "too many pages"
    TOO_SLOW = "took too long"
    DBS = "DBS certificate"


AGAIN = "Send a PDF, or photograph the paper with your phone (JPEG, PNG or HEIC)."
PRINT_AGAIN = "Open it, print it to a new PDF, and send that. Or photograph the paper."
NO_DBS = (
    "This looks like a DBS certificate. We never keep those: they are personal to the adult whom they are about. It was"
    " not kept. Send a statement instead that says how you check adults: who is checked, at which level, and how often."
)


class Refusal(Exception):  # noqa: N818  it is no fault of the program
    """A file is not taken. `why` for the log, `words` for whoever sent it: what is wrong, and what to do."""

    def __init__(self, why: Why, words: str) -> None:
        super().__init__(words)
        self.why, self.words = why, words

"""Reading what people type as a postcode."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

# The shapes of an outward code: A9, A99, AA9, AA99, A9A, AA9A, and the one of the list that has none of
# them: NPT, formerly Newport's. An inward code is a digit and two letters.
OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?|NPT")
INWARD = re.compile(r"[0-9][ABD-HJLNP-UW-Z]{2}")
LONGEST_FULL, SHORTEST_FULL = 7, 5


@dataclass(frozen=True, slots=True)
class Postcode:
    """A postcode as it is written: the outward code, and the inward code where it was given."""

    outward: str
    inward: str = ""

    def __str__(self) -> str:
        return f"{self.outward} {self.inward}".strip()


def find_postcode(text: str) -> Postcode | None:
    """The postcode or outward code that a text is, in any case and spacing, by its shape; None where it is none.

    For what is asked of every page: an error that is caught keeps everything that was going on until the garbage
    collector comes (Django's ValidationError holds itself).
    """
    compact = _compact(text)
    if OUTWARD.fullmatch(compact):
        return Postcode(compact)
    outward, inward = compact[:-3], compact[-3:]
    return Postcode(outward, inward) if OUTWARD.fullmatch(outward) and INWARD.fullmatch(inward) else None


def parse_postcode(text: str) -> Postcode:
    """Reads a full postcode or an outward code, in any case and spacing (`ec2y8ds`, ` EC2Y 8DS `, `EC2Y`).

    Raises ValidationError in plain English. It checks the shape only; `selectors.find_outward_code`
    knows which ones exist.
    """
    found = find_postcode(text)
    if found is not None:
        return found
    compact = _compact(text)
    if not compact:
        raise ValidationError("Type a postcode, like EC2Y 8DS, or its first half, like EC2Y.", code="empty")
    if not compact.isascii() or not compact.isalnum():
        raise ValidationError("A postcode has only letters and numbers, like EC2Y 8DS.", code="characters")
    if SHORTEST_FULL <= len(compact) <= LONGEST_FULL and OUTWARD.fullmatch(compact[:-3]):
        raise ValidationError(
            f"The second half, {compact[-3:]}, is not how a postcode ends. It is a number and two letters, like 8DS.",
            code="inward",
        )
    if len(compact) > LONGEST_FULL:
        raise ValidationError("That is too long for a postcode. Type one like EC2Y 8DS.", code="long")
    raise ValidationError(
        "That is not how a postcode is written. Type one like EC2Y 8DS, or its first half, like EC2Y.", code="shape"
    )


def _compact(text: str) -> str:
    return re.sub(r"[\s.\-]+", "", text).upper()

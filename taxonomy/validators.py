"""Checks for fields that hold places."""

from django.core.exceptions import ValidationError

from .postcodes import parse_postcode
from .selectors import find_outward_code


def validate_postcode(text: str) -> None:
    """Accepts a full postcode or an outward code that exists. Raises ValidationError otherwise."""
    find_outward_code(text)


def validate_full_postcode(text: str) -> None:
    """Accepts only a full postcode whose outward code exists. Raises ValidationError otherwise."""
    if not parse_postcode(text).inward:
        raise ValidationError("Type the whole postcode, like EC2Y 8DS.", code="half")
    find_outward_code(text)

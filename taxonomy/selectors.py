"""Reading vocabularies and places."""

from math import asin, cos, radians, sin, sqrt

from django.core.exceptions import ValidationError

from .models import OutwardCode
from .postcodes import parse_postcode

EARTH_RADIUS_KM = 6371.0


def find_outward_code(text: str) -> OutwardCode:
    """The outward code of what somebody typed as a postcode.

    Raises ValidationError if it is not written like one, or if there is no such outward code.
    """
    postcode = parse_postcode(text)
    found = OutwardCode.objects.select_related("borough").filter(code=postcode.outward).first()
    if found is None:
        raise ValidationError(
            f"There is no postcode that starts with {postcode.outward}. Check it and type it again.", code="unknown"
        )
    return found


def distance_km(a: OutwardCode, b: OutwardCode) -> float:
    """The distance in kilometres between the middles of two outward codes, over the ground (haversine formula)."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    across = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b.longitude - a.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(across))

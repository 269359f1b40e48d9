"""Outward codes and the distances between their middles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True)
class Gazetteer:
    """The middles of outward codes (capitals) as degrees north and east."""

    middles: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @cached_property
    def _remembered(self) -> dict[str, dict[str, float]]:
        return {}

    def __contains__(self, outcode: object) -> bool:
        return outcode in self.middles

    def distances(self, outcode: str) -> Mapping[str, float]:
        """Kilometres from the middle of an outward code to all others, nearest first.

        Raises KeyError for an outward code that does not exist.
        """
        if outcode not in self._remembered:
            north, east = (radians(value) for value in self.middles[outcode])
            if len(self._remembered) > 500:
                self._remembered.clear()
            measured = ((code, _km(north, east, *middle)) for code, middle in self.middles.items())
            self._remembered[outcode] = dict(sorted(measured, key=lambda pair: (pair[1], pair[0])))
        return self._remembered[outcode]

    def within(self, outcode: str, km: float) -> tuple[str, ...]:
        """The outward codes whose middle is at most `km` kilometres away, nearest first."""
        return tuple(code for code, _ in takewhile(lambda pair: pair[1] <= km, self.distances(outcode).items()))

    def of_district(self, district: str) -> tuple[str, ...]:
        """The outward codes that a shortened one stands for: EC2 for EC2A, EC2M and others."""
        size = len(district)
        return tuple(sorted(code for code in self.middles if code[:size] == district and code[size:].isalpha()))


def _km(north: float, east: float, latitude: float, longitude: float) -> float:
    other_north, other_east = radians(latitude), radians(longitude)
    across = sin((other_north - north) / 2) ** 2
    across += cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(across))

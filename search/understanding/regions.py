"""The parts of London as people call them, by the boroughs in them. They overlap, as they do in people's heads."""

from collections.abc import Mapping

_NORTH_EAST = ("hackney", "waltham-forest", "redbridge", "haringey", "enfield")
_NORTH_WEST = ("barnet", "brent", "camden", "harrow")
_SOUTH_EAST = ("bexley", "bromley", "greenwich", "lewisham", "southwark")
_SOUTH_WEST = ("kingston-upon-thames", "lambeth", "merton", "richmond-upon-thames", "sutton", "wandsworth")

REGIONS: Mapping[str, tuple[str, ...]] = {
    "central London": (
        "camden", "city-of-london", "islington", "kensington-and-chelsea", "lambeth", "southwark", "westminster",
    ),
    "east London": (
        "barking-and-dagenham", "hackney", "havering", "newham", "redbridge", "tower-hamlets", "waltham-forest",
    ),
    "north London": ("barnet", "camden", "enfield", "haringey", "islington"),
    "south London": (*_SOUTH_EAST, *_SOUTH_WEST, "croydon"),
    "west London": (
        "brent", "ealing", "hammersmith-and-fulham", "harrow", "hillingdon", "hounslow", "kensington-and-chelsea",
    ),
    "north east London": _NORTH_EAST,
    "north west London": _NORTH_WEST,
    "south east London": _SOUTH_EAST,
    "south west London": _SOUTH_WEST,
}  # fmt: skip

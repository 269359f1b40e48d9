"""How the other facts of an opportunity are said: places left, years, ages, where it is, access."""

from .sentences import lower_first, plural

FEW_PLACES = 5
YEAR_NAMES = {-1: "Nursery", 0: "Reception"}


def places_words(left: int | None, capacity: int | None, waiting: int = 0) -> str:
    """How many places there are: "9 of 30 places left", "Full, waiting list open", "Open to any number"."""
    if capacity is None or left is None:
        return "Open to any number"
    if left <= 0:
        return "Full, waiting list open" if waiting else "Full"
    return f"{left:,} of {capacity:,} {plural(capacity, 'place')} left"


def waiting_words(waiting: int) -> str:
    """How a full session is said beside its date: "Full", "Full, 7 waiting"."""
    return f"Full, {waiting:,} waiting" if waiting else "Full"


def few_left(left: int | None, capacity: int | None) -> bool:
    """Whether the places left are worth a warning: five or fewer, and not more than half of all."""
    return left is not None and capacity is not None and 0 < left <= FEW_PLACES and left * 2 <= capacity


def year_name(year: int) -> str:
    """A school year by its number: -1 is "Nursery", 0 "Reception", then "Year 1" to "Year 13"."""
    return YEAR_NAMES.get(year, f"Year {year}")


def years_words(low: int | None, high: int | None) -> str:
    """A range of school years: "Years 7 to 9", "Years 9 and 10", "Reception to Year 2"; empty if none is given."""
    if low is None:
        return "" if high is None else f"Up to {year_name(high)}"
    if high is None:
        return f"{year_name(low)} and above"
    if low == high:
        return year_name(low)
    if low < 1:
        return f"{year_name(low)} {'and' if high - low == 1 else 'to'} {year_name(high)}"
    return f"Years {low} {'and' if high - low == 1 else 'to'} {high}"


def ages_words(low: int | None, high: int | None) -> str:
    """A range of ages: "Ages 14 to 19", "Age 18 and over", "Up to age 25"; empty if none is given."""
    if low is None:
        return "" if high is None else f"Up to age {high}"
    if high is None:
        return f"Age {low} and over"
    return f"Age {low}" if low == high else f"Ages {low} to {high}"


def distance_words(miles: float) -> str:
    """A distance between two outward codes: "0.9 miles", "2 miles", "14 miles"; below 0.1 "in the same area"."""
    if miles < 0.05:
        return "in the same area"
    shown = f"{miles:.0f}" if miles >= 9.95 else f"{miles:.1f}".removesuffix(".0")
    return f"{shown} {'mile' if shown == '1' else 'miles'}"


def where_words(
    place: str, borough: str, outcode: str = "", miles: float | None = None, *, hybrid: bool = False
) -> str:
    """Where it is: "Tower Hamlets, 0.9 miles", "Tower Hamlets, E1", "Online", "At your school".

    `place` is partner_site, your_school, outdoors or online; `hybrid` says that it can be joined online too.
    """
    if place == "online":
        return "Online"
    if place == "your_school":
        return "At your school, or online" if hybrid else "At your school"
    near = distance_words(miles) if miles is not None else outcode
    words = ", ".join(filter(None, (borough or ("Outdoors" if place == "outdoors" else ""), near)))
    if hybrid:
        return f"{words}, or online" if words else "In person or online"
    return words or "Place agreed with you"


def access_words(feature: str, note: str) -> str:
    """An access feature with its note: "Step-free: lift at the side door"; a note that names it stands alone."""
    if not note:
        return feature
    return note if note.lower().startswith(feature.lower()) else f"{feature}: {lower_first(note)}"

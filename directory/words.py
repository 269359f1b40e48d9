"""How dates, money, places and years are said on the site. Pure functions of plain values.

One place for the tone of the look: "Tue 8 December, 10am to 2.30pm", "£4 for each pupil",
"9 of 30 places left", "Years 7 to 9". Aware times are said in London's time.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS_WITHOUT_YEAR = 11
# A session that lasts longer than a two-week placement is said by its beginning.
LONGEST_BLOCK_DAYS = 14
FEW_PLACES = 5

COST_UNITS = {
    "pupil": "for each pupil",
    "person": "for each person",
    "group": "for a group",
    "session": "a session",
    "course": "for the course",
}
PAY_UNITS = {"hour": "an hour", "week": "a week", "year": "a year"}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
YEAR_NAMES = {-1: "Nursery", 0: "Reception"}


def local(moment: datetime) -> datetime:
    """An aware moment in London's time. Raises ValueError for a naive one, whose time zone is not known."""
    if moment.tzinfo is None:
        raise ValueError("A time without a time zone cannot be said.")
    return moment.astimezone(LONDON)


def needs_year(day: date, today: date) -> bool:
    """Whether a day must be said with its year: it lies in the past, or eleven months ahead or more."""
    months = (day.year - today.year) * 12 + day.month - today.month - (day.day < today.day)
    return day < today or months >= MONTHS_WITHOUT_YEAR


def day_words(day: date, today: date, *, weekday: bool = True) -> str:
    """A day, like "Tue 8 December", with its year where that is not plain."""
    words = f"{day:%a} {day.day} {day:%B}" if weekday else f"{day.day} {day:%B}"
    return f"{words} {day.year}" if needs_year(day, today) else words


def full_date_words(day: date) -> str:
    """A day with its year and no weekday, like "3 June 2026": for what was seen, confirmed or expires."""
    return f"{day.day} {day:%B} {day.year}"


def clock_words(at: time) -> str:
    """A time of day, like "10am" or "2.30pm"; noon is "12pm", and the day's first minute "midnight"."""
    if at.hour == at.minute == 0:
        return "midnight"
    minutes = f".{at.minute:02d}" if at.minute else ""
    return f"{(at.hour - 1) % 12 + 1}{minutes}{'am' if at.hour < 12 else 'pm'}"


def time_words(starts: datetime, ends: datetime | None) -> str:
    """From when to when on each day, like "10am to 2.30pm"; only the beginning where no end is known."""
    first = clock_words(local(starts).time())
    if ends is None or local(ends).time() == local(starts).time():
        return first
    return f"{first} to {clock_words(local(ends).time())}"


def _span_words(first: date, last: date, today: date) -> str:
    """Several days in a row, saying a month or year once where both ends share it."""
    last_words = day_words(last, today, weekday=False)
    if first.year != last.year and needs_year(last, today):
        return f"{first.day} {first:%B} {first.year} to {last_words}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {last_words}"
    return f"{first.day} {first:%B} to {last_words}"


def date_words(starts: datetime, ends: datetime | None, today: date) -> str:
    """The day or days of a session: "Tue 8 December", "15 to 19 February", "From Tue 12 January"."""
    first = local(starts).date()
    last = local(ends).date() if ends is not None else first
    if last <= first:
        return day_words(first, today)
    if (last - first).days >= LONGEST_BLOCK_DAYS:
        return f"From {day_words(first, today)}"
    return _span_words(first, last, today)


def session_dates(starts: datetime, ends: datetime) -> str:
    """The day or days of a session with the year, as in a table of dates: "Tue 8 December 2026"."""
    first, last = local(starts).date(), local(ends).date()
    return _span_words(first, last, date.min) if last > first else day_words(first, date.min)


def when_words(starts: datetime, ends: datetime | None, today: date) -> str:
    """Day and time of a session: "Tue 8 December, 10am to 2.30pm"."""
    return f"{date_words(starts, ends, today)}, {time_words(starts, ends)}"


def dates_words(sessions: Sequence[tuple[datetime, datetime]], today: date) -> tuple[str, str]:
    """Several sessions in a line and a note: ("Four dates to 15 January", "10am to 2.30pm").

    The sessions are pairs of aware times in order, at least one. Where the times differ, the note says when the
    next one is.
    """
    starts, ends = sessions[0]
    times = time_words(starts, ends)
    if len(sessions) == 1:
        return date_words(starts, ends, today), times
    last = local(sessions[-1][0]).date()
    line = f"{counted(len(sessions), 'date')} to {day_words(last, today, weekday=False)}"
    same = all(time_words(*each) == times for each in sessions)
    return line, times if same else f"next on {when_words(starts, ends, today)}"


def span_words(first: date, last: date) -> str:
    """The days of a season with the year: "1 to 12 March 2027"."""
    return _span_words(first, last, date.min) if last > first else full_date_words(first)


def long_span_words(first: date, last: date) -> str:
    """The same with weekdays, for a heading: "Monday 1 to Friday 12 March 2027"."""
    if last <= first:
        return f"{first:%A} {full_date_words(first)}"
    beginning = f"{first:%A} {first.day}"
    if first.year != last.year:
        beginning += f" {first:%B} {first.year}"
    elif first.month != last.month:
        beginning += f" {first:%B}"
    return f"{beginning} to {last:%A} {full_date_words(last)}"


def availability_words(availability: str) -> str:
    """When something without a coming session can be had: "Dates on request", "Open all the time"."""
    return {"on_request": "Dates on request", "always": "Open all the time"}.get(availability, "Dates to come")


def money_words(amount: Decimal) -> str:
    """An amount in pounds: "£4", "£4.50", "£1,200". Raises ValueError if it is negative."""
    if amount < 0:
        raise ValueError("An amount of money cannot be negative.")
    pounds = amount.quantize(Decimal("0.01"))
    return f"£{pounds:,.0f}" if pounds == pounds.to_integral_value() else f"£{pounds:,.2f}"


def price_words(amount: Decimal, unit: str) -> str:
    """An amount and what it is for: "£4 for each pupil"."""
    return " ".join(filter(None, (money_words(amount), COST_UNITS.get(unit, ""))))


def cost_words(kind: str, amount: Decimal | None, unit: str = "", family_price: Decimal | None = None) -> str:
    """What it costs, in one line for a card: "Free", "Free if eligible, or £180", "£4 for each pupil".

    `family_price` is what the Family of Schools pays (0: nothing, None: as everybody).
    """
    if kind == "free" or (kind == "paid" and amount == 0):
        return "Free"
    if kind == "free_if_eligible":
        return f"Free if eligible, or {money_words(amount)}" if amount else "Free if eligible"
    if family_price == 0:
        return "Free for Family of Schools"
    if amount is None:
        return "Ask for the price"
    if family_price is not None and family_price != amount:
        return f"{price_words(amount, unit)}, {money_words(family_price)} for Family of Schools"
    return price_words(amount, unit)


def cost_note(kind: str, amount: Decimal | None, unit: str = "", family_price: Decimal | None = None) -> str:
    """What the line of `cost_words` left out: "others pay £4 for each pupil"; empty if nothing."""
    if kind == "paid" and family_price == 0 and amount:
        return f"others pay {price_words(amount, unit)}"
    return ""


def pay_words(amount: Decimal, unit: str) -> str:
    """What is paid to the person: "£13.85 an hour"."""
    return " ".join(filter(None, (money_words(amount), PAY_UNITS.get(unit, ""))))


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


def plural(count: int, one: str, many: str = "") -> str:
    """The noun that goes with a count: `many` is its plural where that is not made by "s"."""
    return one if count == 1 else many or f"{one}s"


def number_words(count: int) -> str:
    """A count up to twelve as a word ("three"), a larger one in figures with commas."""
    return NUMBERS[count] if 0 <= count <= 12 else f"{count:,}"


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun, to open a heading: "Three opportunities", "41 opportunities", "One site"."""
    words = f"{number_words(count)} {plural(count, one, many)}"
    return words[0].upper() + words[1:]


def minutes_words(minutes: int) -> str:
    """How long something takes, to open a sentence: "Eight minutes", "One minute", "25 minutes"."""
    return counted(minutes, "minute")


def reading_minutes(texts: Iterable[str]) -> int:
    """How long these texts take to read, at 200 words a minute, never less than one."""
    return max(round(sum(len(text.split()) for text in texts) / 200), 1)


def list_words(items: Sequence[str]) -> str:
    """Items in a sentence: "A", "A and B", "A, B and C"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def results_heading(total: int, text: str, *, narrowed: bool) -> str:
    """The heading of a search: "41 opportunities for printmaking", "Nothing for letterpress with these choices, yet"."""
    asked = f" for {text}" if text else ""
    if total:
        return f"{total:,} {plural(total, 'opportunity', 'opportunities')}{asked}"
    choices = " with these choices" if narrowed else ""
    return f"Nothing{asked}{choices}, yet"


def map_summary(counts: Iterable[int], online: int) -> str:
    """What a map of boroughs shows: "38 in 13 boroughs, and 3 online"."""
    held = [count for count in counts if count]
    boroughs = f"{sum(held):,} in {number_words(len(held))} {plural(len(held), 'borough')}" if held else ""
    return ", and ".join(filter(None, (boroughs, f"{online:,} online" if online else "")))


def access_words(feature: str, note: str) -> str:
    """An access feature with its note: "Step-free: lift at the side door"; a note that names it stands alone."""
    if not note:
        return feature
    return note if note.lower().startswith(feature.lower()) else f"{feature}: {lower_first(note)}"


def timetable_words(typed: str) -> str:
    """What stands beside a line of a timetable: "14:00" is said as "2pm"; "1.30" and "Day 1" stay as they are."""
    hour, _, minute = typed.strip().partition(":")
    if hour.isdecimal() and minute.isdecimal() and len(minute) == 2 and int(hour) < 24 and int(minute) < 60:
        return clock_words(time(int(hour), int(minute)))
    return typed


def lower_first(text: str) -> str:
    """A text in the middle of a sentence: "Relaxed session" is "relaxed session", "BSL tour" stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def monogram(name: str) -> str:
    """Two letters for a partner without a picture: "Tallowgate Print Rooms" is "Tp"."""
    words = ["".join(filter(str.isalnum, word)) for word in name.split()]
    words = [word for word in words if word]
    if len(words) > 1 and words[0].lower() in {"the", "a"}:
        words = words[1:]
    if not words:
        return "?"
    second = words[1][0] if len(words) > 1 else words[0][1:2]
    return words[0][0].upper() + second.lower()

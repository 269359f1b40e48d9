"""How days and times are said. Aware times are said in London's time."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from .sentences import counted

LONDON = ZoneInfo("Europe/London")
MONTHS_WITHOUT_YEAR = 11
# A session that lasts longer than a two-week placement is said by its beginning.
LONGEST_BLOCK_DAYS = 14


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


def timetable_words(typed: str) -> str:
    """What stands beside a line of a timetable: "14:00" is said as "2pm"; "1.30" and "Day 1" stay as they are."""
    hour, _, minute = typed.strip().partition(":")
    if hour.isdecimal() and minute.isdecimal() and len(minute) == 2 and int(hour) < 24 and int(minute) < 60:
        return clock_words(time(int(hour), int(minute)))
    return typed

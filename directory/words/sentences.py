"""How counts, lists and names stand in a sentence or a heading."""

from collections.abc import Iterable, Sequence

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


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


def lower_first(text: str) -> str:
    """A text in the middle of a sentence: "Relaxed session" is "relaxed session", "BSL tour" stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def shortened(text: str, longest: int) -> str:
    """A text of at most so many letters on one line, cut between words, and then ending in " …".

    A single word that is longer stays whole: half a word says less than none.
    """
    said = " ".join(text.split())
    if len(said) <= longest:
        return said
    kept = said[: max(longest - 1, 0)].rpartition(" ")[0] or said.partition(" ")[0]
    return f"{kept.rstrip(',;:–-')} …" if kept != said else said


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

"""What an index holds of each thing found: one declaration, from which every engine builds its own schema."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import orjson

from search.criteria import FACET_NAMES
from search.text import GOLDEN_SENTENCE, analyse, plain_words

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Value = str | int | tuple[int, ...]


class FieldType(StrEnum):
    """How a field is kept. Text and keywords are tokens separated by spaces; engines split and compare, no more."""

    TEXT = "text"
    """Analysed tokens in order, scored and matched by word and phrase."""
    WORDS = "words"
    """Tokens matched one by one, neither scored nor ordered."""
    KEYWORDS = "keywords"
    """Values matched whole and counted; several are separated by spaces."""
    DAYS = "days"
    """Several whole numbers, of which any may lie in a range."""
    NUMBER = "number"
    """One whole number of 63 bits, to sort, compare and read back."""
    STORED = "stored"
    """Given back as it is, never searched."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name and type, the method of `search.facts` that it comes from, its weight when it is text."""

    name: str
    type: FieldType
    source: str
    weight: float = 0.0
    facet: bool = False


#: Ends every text of every document, so that each document has each text field: engines then agree on how many
#: documents a field has and how long they are, which scores rest on. No analysed token equals it.
END = "."

#: Raise it when `search.facts` tells other values of the same objects, so that every index is built anew.
REVISION = 4

#: The order is that of the declaration's hash: append, and a rebuild is due.
FIELDS: tuple[Field, ...] = (
    Field("key", FieldType.KEYWORDS, "key"),
    Field("type", FieldType.KEYWORDS, "type"),
    Field("id", FieldType.NUMBER, "id"),
    Field("title", FieldType.TEXT, "title", weight=4.0),
    Field("partner", FieldType.TEXT, "partner_names", weight=2.5),
    Field("summary", FieldType.TEXT, "summary", weight=2.0),
    Field("tags", FieldType.TEXT, "tag_labels", weight=2.0),
    Field("description", FieldType.TEXT, "description", weight=1.0),
    Field("words", FieldType.WORDS, "words"),
    Field("prefixes", FieldType.WORDS, "prefixes"),
    *(Field(name, FieldType.KEYWORDS, name, facet=True) for name in FACET_NAMES),
    Field("years", FieldType.KEYWORDS, "years"),
    Field("outcode", FieldType.KEYWORDS, "outcode"),
    Field("traits", FieldType.KEYWORDS, "traits"),
    Field("days", FieldType.DAYS, "days"),
    Field("open_days", FieldType.DAYS, "open_days"),
    Field("rank_key", FieldType.NUMBER, "rank_key"),
    Field("newest_key", FieldType.NUMBER, "newest_key"),
    Field("visible_until", FieldType.NUMBER, "visible_until"),
    Field("next_change_at", FieldType.NUMBER, "next_change_at"),
    Field("signature", FieldType.NUMBER, "signature"),
    Field("card", FieldType.STORED, "card"),
    Field("partners", FieldType.KEYWORDS, "partners"),
)
BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}
TEXT_FIELDS: tuple[Field, ...] = tuple(field for field in FIELDS if field.type is FieldType.TEXT)
FACET_FIELDS: tuple[str, ...] = tuple(field.name for field in FIELDS if field.facet)

#: Values of `traits`: what a document is, beyond its facets.
ONLINE = "online"  # can be joined from anywhere
ANYTIME = "anytime"  # always open: any date fits
OPEN = "open"  # not full

#: Moments are microseconds since 1970; this one (the end of the year 9999) stands for "never".
NEVER = 253_402_300_799_000_000


def moment(when: datetime | None) -> int:
    """An aware moment as an index keeps it; None is never."""
    return NEVER if when is None else (when - _EPOCH) // timedelta(microseconds=1)


def day_number(day: date) -> int:
    """A day as an index keeps it: days since 1970."""
    return day.toordinal() - _EPOCH.toordinal()


class DocumentType(StrEnum):
    """What a document stands for. Hits of a search are opportunities; partners are only suggested."""

    OPPORTUNITY = "opportunity"
    PARTNER = "partner"

    def key(self, pk: int) -> str:
        """The key of the document of one object."""
        return f"{self.value}-{pk}"


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its key and a value for each field that it has."""

    key: str
    values: Mapping[str, Value]

    @property
    def signature(self) -> int:
        """A number that differs when any value does."""
        return int(self.values["signature"])  # type: ignore[arg-type]


@dataclass
class Batch:
    """Documents to write, and keys of documents that must go because the public no longer sees the object.

    `version` is the database's clock in microseconds from before the objects were read: what was
    read later has a higher one.
    """

    version: int
    documents: list[Document] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)


def indexed_texts(document: Document) -> Iterator[tuple[str, str]]:
    """Name and tokens of every text field, as all engines index them."""
    for declared in TEXT_FIELDS:
        tokens = document.values.get(declared.name)
        yield declared.name, f"{tokens} {END}" if tokens else END


def signed(values: Mapping[str, Value]) -> Document:
    """A document with its signature, from its other values."""
    packed = orjson.dumps(dict(values), option=orjson.OPT_SORT_KEYS)
    # 62 bits: within what every engine takes for a whole number.
    signature = int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest()) >> 2
    return Document(str(values["key"]), {**values, "signature": signature})


def fingerprint() -> str:
    """Twelve letters that change when the declaration or the analysis of text does: an index bears them in its name."""
    declared = [(field.name, field.type, field.source, field.weight, field.facet) for field in FIELDS]
    told = orjson.dumps([REVISION, declared, END, analyse(GOLDEN_SENTENCE), plain_words(GOLDEN_SENTENCE)])
    return hashlib.blake2b(told, digest_size=6).hexdigest()


def rank_key(day: int | None, pk: int) -> int:
    """The one key by which equals are ordered: next date first (days since 1970), none last, then id."""
    return (0x7FFF_FFFF if day is None else max(day, 0)) << 32 | pk & 0xFFFF_FFFF


def newest_key(published: int, day: int | None, pk: int) -> int:
    """The key of the order newest first: day of publication (days since 1970) downwards, then next date, then id."""
    next_day = 0xFFFF if day is None else min(max(day, 0), 0xFFFE)
    return (0x7FFF - min(max(published, 0), 0x7FFF)) << 48 | next_day << 32 | pk & 0xFFFF_FFFF

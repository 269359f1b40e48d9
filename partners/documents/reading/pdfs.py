"""PDFs: kept as they are, so they must hold nothing but pages. Every object is looked at, those that no page uses too."""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from .refusal import PRINT_AGAIN, Refusal, Why
from .wording import refuse_dbs_text

MOST_PAGES = 60
MOST_OBJECTS = 100_000
# Ten scanned pages in colour are 250 MB.
MOST_UNPACKED_BYTES = 400 * 1024 * 1024
PACKED = frozenset({"/FlateDecode", "/LZWDecode", "/RunLengthDecode"})
READ_PAGES = 10  # so many are read for the words of a DBS certificate

SCRIPT = Refusal(Why.SCRIPT, f"This PDF holds a script. {PRINT_AGAIN}")
LAUNCHES = Refusal(Why.LAUNCHES, f"This PDF opens or sends something by itself. {PRINT_AGAIN}")
HOLDS_FILES = Refusal(Why.HOLDS_FILES, f"This PDF holds other files, a film or a sound. {PRINT_AGAIN}")
LOCKED = Refusal(
    Why.LOCKED, f"This PDF is locked by a password, or allows printing only, so that we cannot check it. {PRINT_AGAIN}"
)
DAMAGED = Refusal(Why.DAMAGED, f"This PDF is damaged or did not arrive whole. {PRINT_AGAIN}")
TWO_IN_ONE = Refusal(Why.TWO_IN_ONE, f"This PDF holds another file behind its end. {PRINT_AGAIN}")
SWELLS = Refusal(Why.TOO_LONG, f"This PDF is far larger than it looks. {PRINT_AGAIN}")

KEYS = {
    "/JS": SCRIPT,
    "/JavaScript": SCRIPT,
    "/XFA": SCRIPT,
    "/EmbeddedFiles": HOLDS_FILES,
    "/EF": HOLDS_FILES,
    "/RichMediaContent": HOLDS_FILES,
    "/RichMediaSettings": HOLDS_FILES,
}
ACTIONS = {
    "/JavaScript": SCRIPT,
    "/Launch": LAUNCHES,
    "/SubmitForm": LAUNCHES,
    "/ImportData": LAUNCHES,
    "/GoToR": LAUNCHES,
    "/GoToE": LAUNCHES,
    "/Rendition": HOLDS_FILES,
    "/RichMediaExecute": HOLDS_FILES,
    "/Movie": HOLDS_FILES,
    "/Sound": HOLDS_FILES,
}
KINDS = dict.fromkeys(
    ("/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Screen", "/3D", "/Movie", "/Sound"), HOLDS_FILES
)
# What a mended table of contents would leave out, a reader that searches the file would still find.
UNLISTED = {
    rb"/(?:JS|JavaScript|XFA)(?![A-Za-z0-9])": SCRIPT,
    rb"/(?:Launch|SubmitForm|ImportData|GoToE)(?![A-Za-z0-9])": LAUNCHES,
    rb"/(?:EmbeddedFiles?|RichMedia)(?![A-Za-z0-9])": HOLDS_FILES,
}
STREAMS = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
# What pypdf raises for files that are not as they should be: its own errors, and those of code that trusted them.
BROKEN = (
    PyPdfError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OSError,
    RecursionError,
    AssertionError,
    NotImplementedError,
)
HEXED = re.compile(rb"#([0-9A-Fa-f]{2})")


def examine(content: bytes) -> None:
    """Raises Refusal for a PDF that holds more than pages, that is locked or damaged, or that is a DBS certificate."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    _refuse_two_in_one(content)
    try:
        _examine(PdfReader(BytesIO(content), strict=False), content)
    except LimitReachedError as error:
        raise SWELLS from error
    except BROKEN as error:
        raise DAMAGED from error


def _examine(reader: PdfReader, content: bytes) -> None:
    if reader.is_encrypted:
        raise LOCKED
    unpacked = 0
    for each in _everything(reader):
        _refuse(each)
        unpacked += _unpacked(each)
        if unpacked > MOST_UNPACKED_BYTES:
            raise SWELLS
    _refuse_unlisted(content)
    pages = len(reader.pages)
    if not pages:
        raise DAMAGED
    if pages > MOST_PAGES:
        raise Refusal(Why.TOO_LONG, f"This PDF has {pages} pages. Send only those that count, at most {MOST_PAGES}.")
    refuse_dbs_text(_words(reader))


def _refuse_two_in_one(content: bytes) -> None:
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise DAMAGED
    if content[end + 5 :].strip(b"\r\n\t \x00") or zipfile.is_zipfile(BytesIO(content)):
        raise TWO_IN_ONE


def _everything(reader: PdfReader) -> Iterator[Any]:
    """Every object of the file, whether or not anything points to it, and the trailer."""
    yield reader.trailer
    listed = {(number, generation) for generation, numbers in reader.xref.items() for number in numbers}
    listed |= {(number, 0) for number in reader.xref_objStm}
    if len(listed) > MOST_OBJECTS:
        raise Refusal(Why.TOO_LONG, f"This PDF is made of too many parts. {PRINT_AGAIN}")
    for number, generation in sorted(listed):
        yield reader.get_object(IndirectObject(number, generation, reader))


def _unpacked(thing: Any) -> int:
    """How long a packed part is when it is unpacked, in bytes. Raises LimitReachedError before that is too much."""
    if not isinstance(thing, StreamObject):
        return 0
    filters = thing.get("/Filter")
    filters = filters.get_object() if filters is not None else None
    names = [str(name) for name in (filters if isinstance(filters, ArrayObject) else [filters])]
    return len(thing.get_data()) if PACKED.issuperset(names) else 0


def _refuse(thing: Any) -> None:
    """Looks through one object. What it points to is an object of its own, and looked at by itself."""
    left = [thing]
    while left:
        one = left.pop()
        if isinstance(one, DictionaryObject):
            _refuse_dictionary(one)
            left += dict.values(one)
        elif isinstance(one, ArrayObject):
            left += list.__iter__(one)


def _refuse_dictionary(one: DictionaryObject) -> None:
    for key in one:
        if key in KEYS:
            raise KEYS[key]
    for where, known in (("/S", ACTIONS), ("/Type", KINDS), ("/Subtype", KINDS)):
        name = one.get(where)
        if isinstance(name, NameObject) and name in known:
            raise known[name]


def _refuse_unlisted(content: bytes) -> None:
    outside = HEXED.sub(lambda found: bytes([int(found[1], 16)]), STREAMS.sub(b"", content))
    for pattern, refusal in UNLISTED.items():
        if re.search(pattern, outside):
            raise refusal


def _words(reader: PdfReader) -> str:
    """What stands on its first pages, and its title; a page whose words cannot be read is left to the officer's eyes."""
    found = [str(reader.metadata.title or "") if reader.metadata else ""]
    for page in reader.pages[:READ_PAGES]:
        try:
            found.append(page.extract_text())
        except BROKEN:
            continue
    return "\n".join(found)

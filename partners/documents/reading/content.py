"""What a file is, by its content alone: a PDF or a picture is read through, anything else refused by what it is."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO

import filetype

from . import pdfs, pictures
from .refusal import AGAIN, Refusal, Why
from .wording import refuse_dbs_name

LARGEST_BYTES = 10 * 1024 * 1024
PDF, JPEG = "application/pdf", "image/jpeg"

KNOWN_ENDINGS = frozenset({"pdf", "jpg", "jpeg", "jpe", "jfif", "png", "heic", "heif", "hif"})
# Anywhere in a name: what a machine would run, or a browser.
RUN_BY_MACHINES = frozenset(
    {"app", "apk", "bat", "bin", "cmd", "com", "cpl", "dll", "dmg", "docm", "exe", "hta", "htm", "html", "iso", "jar"}
    | {"js", "jse", "lnk", "mht", "msi", "php", "pif", "pl", "pptm", "ps1", "py", "reg", "scr", "sh", "shtml", "svg"}
    | {"svgz", "url", "vb", "vbe", "vbs", "wsf", "xhtml", "xlsm", "xml"}
)
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"dex\n")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = re.compile(rb"<(!doctype|html|head|body|script|svg|\?xml|iframe|img|meta|a\s)", re.IGNORECASE)
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


@dataclass(frozen=True, slots=True)
class Document:
    """What is kept of a file: its content, made anew where it is a picture, and what it is served as."""

    content: bytes
    media_type: str


def read(name: str, content: bytes) -> Document:
    """Reads a file through. Its name is asked for no more than its ending and for what it says of itself.

    Raises Refusal with what is wrong and what to do.
    """
    if not content:
        raise Refusal(Why.EMPTY, "This file is empty. Choose it again.")
    if len(content) > LARGEST_BYTES:
        raise Refusal(Why.TOO_LARGE, TOO_LARGE)
    refuse_dbs_name(name)
    _refuse_ending(name)
    if content.startswith(b"%PDF-"):
        pdfs.examine(content)
        return Document(content, PDF)
    if content.startswith(b"\xff\xd8\xff"):
        return Document(pictures.redraw(content, "JPEG"), JPEG)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Document(pictures.redraw(content, "PNG"), JPEG)
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return Document(pictures.redraw(content, "HEIF"), JPEG)
    raise _other(content)


TOO_LARGE = (
    f"This file is larger than {LARGEST_BYTES // 1024 // 1024} MB. Send only the pages that count, or a photograph in a"
    " smaller size."
)


def _refuse_ending(name: str) -> None:
    endings = [each.strip().lower() for each in name.split(".")[1:]]
    if not endings:
        return
    if endings[-1] not in KNOWN_ENDINGS or RUN_BY_MACHINES.intersection(endings):
        ending = endings[-1][:10]
        raise Refusal(Why.NAME, f"A file whose name ends like this one (.{ending}) is not taken. {AGAIN}")


def _other(content: bytes) -> Refusal:
    """The refusal for whatever is neither a PDF nor a picture that we take."""
    if content.startswith(PROGRAMS):
        return Refusal(Why.PROGRAM, f"This is a program, not a document. {AGAIN}")
    if content.startswith(b"PK") or zipfile.is_zipfile(BytesIO(content)):
        return _archive(content)
    if content.startswith((OLE, b"{\\rtf")):
        return Refusal(Why.OFFICE, "This is an office document. Save it as a PDF and send that.")
    kind = filetype.guess(content)
    if kind is not None and kind.mime.startswith(("image/", "video/")):
        return Refusal(Why.OTHER_PICTURE, f"This is a {kind.extension.upper()} file, which is not taken. {AGAIN}")
    if MARKUP.search(content[:2048].replace(b"\x00", b"")):
        return Refusal(Why.MARKUP, f"This is a web page or a drawing, which may hold a script. {AGAIN}")
    return Refusal(Why.OTHER_TYPE, f"This is not a PDF and not a photograph, whatever its name says. {AGAIN}")


def _archive(content: bytes) -> Refusal:
    try:
        names = zipfile.ZipFile(BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        names = []
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return Refusal(Why.MACRO, "This office document holds macros. Save it as a PDF and send that.")
    if "[Content_Types].xml" in names or "mimetype" in names:
        return Refusal(Why.OFFICE, "This is an office document. Save it as a PDF and send that.")
    return Refusal(Why.ARCHIVE, "This is an archive of files. Send the document in it by itself, as a PDF.")

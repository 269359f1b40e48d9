"""Files as people send them, and as they should not: made here, so that nothing hostile is kept in the repository."""

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

from PIL import Image
from pillow_heif import register_heif_opener
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

register_heif_opener()
SIZE = (640, 480)


def picture(kind: str = "JPEG", size: tuple[int, int] = SIZE, **options: Any) -> bytes:
    """A picture with something to see on it."""
    out = BytesIO()
    Image.effect_mandelbrot(size, (-2, -1, 1, 1), 20).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def photograph_with_a_place() -> bytes:
    """A photograph of a phone held upright, which says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Maker", "Secret Phone 9", 6
    exif.get_ifd(0x8825)[2] = (51.0, 31.0, 12.0)
    return picture("JPEG", exif=exif, comment=b"taken at home")


def chunk(name: bytes, data: bytes) -> bytes:
    """One part of a PNG, with its check sum."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, *parts: bytes, rows: bool = True) -> bytes:
    """A black and white PNG of any size, which is small however large it says it is."""
    packed = zlib.compressobj(9)
    row = b"\0" * ((width + 7) // 8 + 1)
    data = b"".join(packed.compress(row * 64) for _ in range(height // 64 + 1)) if rows else b""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(parts) + chunk(b"IDAT", data + packed.flush()) + chunk(b"IEND", b"")


def wordy_png(size: int) -> bytes:
    """A PNG with words beside its picture that are long when they are read."""
    return png(*SIZE, chunk(b"zTXt", b"k\0\0" + zlib.compress(b"x" * size)))


def with_a_bit_turned(content: bytes) -> bytes:
    """A PNG that was not copied well."""
    place = content.index(b"IDAT") + 20
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def moving(kind: str) -> bytes:
    """A picture of thirty frames."""
    frames = [Image.new("RGB", SIZE, (n * 8, 0, 0)) for n in range(30)]
    out = BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def resized(content: bytes, marker: bytes, at: int, form: str, side: int) -> bytes:
    """A picture whose head says that it is as large as `side` both ways."""
    place = content.index(marker) + at
    new = struct.pack(form, side, side)
    return content[:place] + new + content[place + len(new) :]


def heic_that_says_it_is_huge() -> bytes:
    """A HEIC whose box of its size says 60,000 by 60,000."""
    return resized(picture("HEIF"), b"ispe", 8, ">II", 60_000)


def jpeg_that_says_it_is_huge() -> bytes:
    """A JPEG whose frame says 65,000 by 65,000."""
    return resized(picture("JPEG"), b"\xff\xc0\x00\x11\x08", 5, ">HH", 65_000)


def archive(*names: str) -> bytes:
    """A zip with these files; those of office programs are zips, too."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name in names:
            zipped.writestr(name, "something")
    return out.getvalue()


def written(writer: PdfWriter) -> bytes:
    """The file."""
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def pages(number: int = 1, text: str = "Certificate of insurance") -> PdfWriter:
    """A PDF of so many pages with a line of text on each."""
    writer = PdfWriter()
    for _ in range(number):
        page = writer.add_blank_page(595, 842)
        stream = DecodedStreamObject()
        lines = "".join(f"({line}) Tj 0 -16 Td " for line in text.split("\n"))
        stream.set_data(f"BT /F1 12 Tf 50 780 Td {lines} ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): named})}
        )
    return writer


def pdf(number: int = 1, text: str = "Certificate of insurance") -> bytes:
    """The same as a file."""
    return written(pages(number, text))


def linked_pdf() -> bytes:
    """A PDF with a link to a page of the web and one that opens at its first page, as many are: nothing is wrong with it."""
    writer = pages(2)
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://insurer.example/"))
    writer.open_destination = "first"
    return written(writer)


def acting(**action: str) -> bytes:
    """A PDF that does something when it is opened: `S` says what."""
    writer = pages()
    entries = {
        NameObject(f"/{key}"): NameObject(value) if key == "S" else TextStringObject(value)
        for key, value in action.items()
    }
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(entries))
    return written(writer)


def scripted_by_name() -> bytes:
    """A PDF with a script in its tree of names."""
    writer = pages()
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x()")})
    tree = ArrayObject([TextStringObject("a"), writer._add_object(script)])
    names = DictionaryObject({NameObject("/JavaScript"): DictionaryObject({NameObject("/Names"): tree})})
    writer.root_object[NameObject("/Names")] = names
    return written(writer)


def attached() -> bytes:
    """A PDF with another file in it."""
    writer = pages()
    writer.add_attachment("payload.exe", b"MZ")
    return written(writer)


def pinned() -> bytes:
    """A PDF with a paper clip on its page that holds a file, though no list of files does."""
    writer = pages()
    clip = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/FileAttachment"),
            NameObject("/Rect"): ArrayObject([FloatObject(n) for n in (0, 0, 9, 9)]),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(clip)])
    return written(writer)


def form_in_xml() -> bytes:
    """A PDF with a form that is a program of its own."""
    writer = pages()
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})
    return written(writer)


def locked(password: str) -> bytes:
    """A PDF that opens with a password; with an empty one it opens, but says what may not be done with it."""
    writer = pages()
    writer.encrypt(password, "owner", algorithm="AES-256")
    return written(writer)


def with_loose_object(thing: bytes) -> bytes:
    """A PDF with an object that its table of contents does not list."""
    whole = pdf()
    at = whole.rindex(b"xref", 0, whole.rindex(b"startxref"))
    start = int(whole[whole.rindex(b"startxref") + 9 :].split()[0])
    assert start == at
    longer = whole[:at] + thing + whole[at:]
    return longer.replace(b"startxref\n%d" % start, b"startxref\n%d" % (start + len(thing)))


SCRIPT_OBJECT = b"<< /S /JavaScript /JS (x) >>"


def hidden_in_a_stream(thing: bytes) -> bytes:
    """A PDF that does this when it is opened, which lies in a compressed stream of objects: no list of words finds it."""
    inside = b"9 0 " + thing + b" "
    packed = zlib.compress(inside)
    head = len(b"9 0 ")
    objects = [
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R /OpenAction 9 0 R >>\nendobj\n",
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n",
        b"8 0 obj\n<< /Type /ObjStm /N 1 /First %d /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        % (head, len(packed), packed),
    ]
    out, places = b"%PDF-1.7\n", {}
    for each in objects:
        places[int(each.split()[0])] = len(out)
        out += each
    start = len(out)
    rows = b""
    for number in range(11):
        kind, first, second = (1, places[number], 0) if number in places else (0, 0, 65535)
        if number == 9:
            kind, first, second = 2, 8, 0
        if number == 10:
            kind, first, second = 1, start, 0
        rows += struct.pack(">BIH", kind, first, second)
    out += (
        b"10 0 obj\n<< /Type /XRef /Size 11 /W [1 4 2] /Root 1 0 R /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        % (len(rows), rows)
    )
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def unpacking_to(size: int) -> bytes:
    """A PDF with a page that is small as it is sent and huge when it is read."""
    writer = PdfWriter()
    stream = DecodedStreamObject()
    stream.set_data(b" " * size)
    writer.add_blank_page(9, 9)[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    return written(writer)

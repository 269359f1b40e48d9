"""Reading a file that somebody sent: whatever it is, the answer is what to keep, or a reason."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from partners.documents.reading.content import read
from partners.documents.reading.refusal import Refusal, Why
from tests.numbers import examples
from tests.portal import made_files as made

pytestmark = pytest.mark.engine_only

GOOD = {
    "a.pdf": made.linked_pdf(),
    "b.pdf": made.hidden_in_a_stream(b"<< /S /GoTo /D [3 0 R /Fit] >>"),
    "c.jpg": made.picture("JPEG"),
    "d.png": made.picture("PNG"),
    "e.heic": made.picture("HEIF"),
}


@examples(150, 3_000)
@given(
    name=st.sampled_from(sorted(GOOD)),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), st.binary(max_size=30)), min_size=1, max_size=4),
)
def test_a_file_with_other_bytes_anywhere_is_read_or_refused(name: str, cuts: list[tuple[float, int, bytes]]) -> None:
    content = GOOD[name]
    for where, length, instead in cuts:
        at = int(where * len(content))
        content = content[:at] + instead + content[at + length :]
    try:
        kept = read(name, content)
    except Refusal:
        return
    if kept.media_type == "image/jpeg":
        with Image.open(BytesIO(kept.content), formats=["JPEG"]) as image:
            image.load()
            assert max(image.size) <= 3_500
    else:
        assert kept.content == content


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "CMYK"])
def test_a_picture_of_any_colours_is_drawn_on_paper(mode: str) -> None:
    out = BytesIO()
    Image.linear_gradient("L").resize((500, 500)).convert(mode).save(out, "JPEG" if mode == "CMYK" else "PNG")
    kept = read("a.png", out.getvalue())
    with Image.open(BytesIO(kept.content)) as image:
        assert (image.mode, image.size) == ("RGB", (500, 500))


def test_what_is_clear_in_a_picture_is_white_on_paper() -> None:
    out = BytesIO()
    Image.new("RGBA", (500, 500), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(BytesIO(read("a.png", out.getvalue()).content)) as image:
        assert image.convert("L").getextrema() == (255, 255)


def test_of_a_photograph_with_a_second_one_in_it_the_first_is_kept() -> None:
    """As phones write them, with what makes it brighter on a bright screen."""
    out = BytesIO()
    first, second = Image.new("RGB", (500, 400), "white"), Image.new("RGB", (500, 400), "black")
    first.save(out, "MPO", save_all=True, append_images=[second])
    with Image.open(BytesIO(read("a.jpg", out.getvalue()).content)) as image:
        assert image.convert("L").getextrema() == (255, 255)
        assert getattr(image, "n_frames", 1) == 1


def test_a_large_photograph_is_kept_smaller() -> None:
    with Image.open(BytesIO(read("a.jpg", made.picture(size=(7_000, 1_000))).content)) as image:
        assert image.size == (3_500, 500)


@pytest.mark.parametrize(
    "name",
    [
        "DBS.jpg",
        "dbs_certificate.pdf",
        "RobinHaleDBS.pdf",
        "Enhanced DBS - Robin.pdf",
        "CRB check.jpg",
        "disclosure-and-barring.png",
    ],
)
def test_a_name_that_says_certificate_is_refused(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(name, made.picture())
    assert refused.value.why is Why.DBS


@pytest.mark.parametrize(
    "name",
    [
        "dbs policy.pdf",
        "How we check adults (DBS).pdf",
        "vetting-statement-dbs.pdf",
        "DBS risk assessment.pdf",
        "certificate.pdf",
        "dbsmith.pdf",
        "scribe.jpg",
        "disclosure.pdf",
    ],
)
def test_a_name_of_something_else_is_not(name: str) -> None:
    assert read(name, made.pdf()).media_type == "application/pdf"


@pytest.mark.parametrize(
    "text",
    [
        "Disclosure and Barring Service\nEnhanced Certificate\nCertificate Number 001234567890",
        "DBS check of Robin Hale\ncertificate no: 001234567890",
        "Disclosure and Barring Service\nDate of Issue: 3 June\nApplicant Personal Details\nEmployment Details",
    ],
)
def test_the_words_of_a_certificate_or_its_number_are_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read("document.pdf", made.pdf(text=text))
    assert refused.value.why is Why.DBS


@pytest.mark.parametrize(
    "text",
    [
        "Each adult holds an enhanced certificate of the Disclosure and Barring Service",
        "We ask for a DBS certificate and note its date of issue in our records",
        "Certificate number 001234567890 of your public liability insurance",
        "DBS checks: call 020 7946 0112 from 9 to 5",
    ],
)
def test_words_about_certificates_are_not(text: str) -> None:
    assert read("document.pdf", made.pdf(text=text)).media_type == "application/pdf"

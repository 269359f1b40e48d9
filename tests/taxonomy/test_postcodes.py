"""Postcodes as people type them: read in any case and spacing, and told plainly what is wrong otherwise."""

import csv
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

import taxonomy
from taxonomy.forms import OutwardCodeField
from taxonomy.models import OutwardCode
from taxonomy.postcodes import Postcode, parse_postcode
from taxonomy.selectors import distance_km, find_outward_code
from taxonomy.validators import validate_full_postcode, validate_postcode
from tests.numbers import examples

FOLDER = Path(taxonomy.__path__[0]) / "data"
with (FOLDER / "gb_outcodes.csv").open(newline="") as file:
    CODES = [row["outcode"] for row in csv.DictReader(file)]

LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # those that an inward code may hold


@st.composite
def typed(draw: st.DrawFn) -> tuple[str, str, str]:
    """An outward code, perhaps an inward code, and how somebody might type them."""
    outward = draw(st.sampled_from(CODES))
    inward = ""
    if draw(st.booleans()):
        inward = draw(st.sampled_from("0123456789")) + "".join(
            draw(st.lists(st.sampled_from(LETTERS), min_size=2, max_size=2))
        )
    gap = st.sampled_from(["", " ", "  ", "\t", "\xa0", "-", "."])
    text = "".join(letter + draw(gap) for letter in outward + inward)
    text = "".join(letter.lower() if draw(st.booleans()) else letter for letter in text)
    return outward, inward, draw(gap) + text


def test_there_are_all_outward_codes() -> None:
    assert len(CODES) == len(set(CODES)) == 2997


@pytest.mark.parametrize("first", sorted({code[0] for code in CODES}))
@pytest.mark.engine_only
def test_every_outward_code_is_read_in_any_dress(first: str) -> None:
    for code in (code for code in CODES if code[0] == first):
        for dress in (code, code.lower(), f" {code} ", " ".join(code)):
            assert parse_postcode(dress) == Postcode(code)
        for dress in (f"{code}8ds", f"{code.lower()}  8 D s", f"{code} 8DS"):
            assert parse_postcode(dress) == Postcode(code, "8DS")


@examples(300, 8000)
@given(typed())
@pytest.mark.engine_only
def test_case_and_spacing_do_not_matter(case: tuple[str, str, str]) -> None:
    outward, inward, text = case
    assert parse_postcode(text) == Postcode(outward, inward)


@pytest.mark.engine_only
def test_a_postcode_is_written_with_one_space() -> None:
    assert str(parse_postcode("ec2y8ds")) == "EC2Y 8DS"
    assert str(parse_postcode(" ec2y ")) == "EC2Y"


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("", "empty", "Type a postcode"),
        ("   ", "empty", "Type a postcode"),
        ("EC2Y 8D$", "characters", "only letters and numbers"),
        ("ÉC2Y 8DS", "characters", "only letters and numbers"),
        ("EC2Y 8CC", "inward", "The second half, 8CC"),
        ("EC2Y 8D5", "inward", "The second half, 8D5"),
        ("EC2Y 8DSS", "long", "too long"),
        ("Barbican Centre", "long", "too long"),
        ("2EC", "shape", "not how a postcode is written"),
        ("London", "shape", "not how a postcode is written"),
        ("ABC1", "shape", "not how a postcode is written"),
        ("١٢٣", "characters", "only letters and numbers"),
    ],
)
@pytest.mark.engine_only
def test_what_is_wrong_is_said_plainly(text: str, code: str, says: str) -> None:
    with pytest.raises(ValidationError) as caught:
        parse_postcode(text)
    assert caught.value.code == code
    assert says in caught.value.message
    # The message tells what to type instead.
    assert "EC2Y" in caught.value.message or "8DS" in caught.value.message or code == "inward"


@examples(200, 10_000)
@given(st.text(max_size=40))
@pytest.mark.engine_only
def test_anything_typed_is_read_or_refused(text: str) -> None:
    with suppress(ValidationError):
        read = parse_postcode(text)
        assert read.outward.isascii()
        assert read.outward.isalnum()


@pytest.mark.django_db
def test_every_outward_code_of_the_list_is_in_the_database() -> None:
    assert set(OutwardCode.objects.values_list("code", flat=True)) == set(CODES)
    for code in CODES[::97]:
        assert find_outward_code(f"{code.lower()} 8ds").code == code


@pytest.mark.django_db
def test_a_code_that_does_not_exist_is_said_so() -> None:
    with pytest.raises(ValidationError, match="no postcode that starts with EC9"):
        find_outward_code("EC9 8DS")


@pytest.mark.django_db
def test_validators_take_what_they_should() -> None:
    validate_postcode("ec2y")
    validate_full_postcode("ec2y8ds")
    with pytest.raises(ValidationError, match="whole postcode"):
        validate_full_postcode("EC2Y")
    with pytest.raises(ValidationError, match="no postcode that starts with"):
        validate_full_postcode("QZ1 8DS")


@pytest.mark.django_db
class TestOutwardCodeField:
    """What forms of the CMS ask for a place with."""

    @pytest.mark.parametrize("text", ["ec2y", " EC2Y ", "ec2y8ds", "EC2Y 8DS"])
    def test_takes_what_people_type(self, text: str) -> None:
        assert OutwardCodeField().clean(text).code == "EC2Y"

    @pytest.mark.parametrize("text", ["nowhere", "EC9", "EC2Y 8", "\x00"])
    def test_refuses_anything_else_in_words(self, text: str) -> None:
        with pytest.raises(ValidationError) as caught:
            OutwardCodeField().clean(text)
        assert caught.value.messages[0].endswith(".")

    def test_may_be_left_empty_where_it_is_optional(self) -> None:
        assert OutwardCodeField(required=False).clean("  ") is None
        with pytest.raises(ValidationError):
            OutwardCodeField().clean("")

    def test_knows_whether_another_was_typed(self) -> None:
        field = OutwardCodeField()
        assert not field.has_changed("EC2Y", "ec2y ")
        assert field.has_changed("EC2Y", "E1")


@pytest.mark.django_db
def test_distance_is_over_the_ground() -> None:
    barbican, walthamstow, truro = (find_outward_code(code) for code in ("EC2Y", "E17", "TR1"))
    assert distance_km(barbican, barbican) == 0
    assert distance_km(barbican, walthamstow) == pytest.approx(distance_km(walthamstow, barbican))
    assert 6 < distance_km(barbican, walthamstow) < 11
    assert 350 < distance_km(barbican, truro) < 390

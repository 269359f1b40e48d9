import pytest
from django.core.exceptions import ValidationError

from directory.near import Near, read_near, reduced

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("E17", Near("E17", "E17")),
        (" e17 ", Near("E17", "E17")),
        ("ec2y 8ds", Near("EC2Y", "EC2Y")),
        ("Walthamstow", Near("E17", "Walthamstow")),
        ("near walthamstow, London", Near("E17", "Walthamstow")),
        ("St. Paul’s", Near("EC4M", "St Pauls")),
        ("Saint Pauls", Near("EC4M", "St Pauls")),
        # A borough of the same name as a neighbourhood is meant as the neighbourhood.
        ("hackney", Near("E8", "Hackney")),
    ],
)
def test_what_people_type_becomes_an_outward_code(typed: str, near: Near) -> None:
    assert read_near(typed) == near


@pytest.mark.parametrize(
    ("typed", "around", "label"),
    [
        ("Tower Hamlets", {"E1", "E1W", "E2", "E3", "E14"}, "Tower Hamlets"),
        ("city of london", {"EC2V", "EC2R", "EC4M", "EC4N", "EC2Y"}, "City of London"),
        # No postcode begins with EC2 and a space: it stands for EC2A, EC2M and others.
        ("EC2", {"EC2A", "EC2M", "EC2N", "EC2P", "EC2R", "EC2V", "EC2Y"}, "EC2"),
    ],
)
def test_an_area_is_searched_from_its_middle(typed: str, around: set[str], label: str) -> None:
    near = read_near(typed)
    assert near.label == label
    assert near.outcode in around


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Manchester", "We do not know a place of this name in London. Type a postcode like EC2Y 8DS"),
        ("ZZ9", "There is no postcode that starts with ZZ9."),
        ("E17 4Q", "The second half"),
        ("12345", "That is not how a postcode is written."),
        ("London", "All of London is here already."),
        ("🐝", "We do not know a place of this name"),
        ("'; DROP TABLE", "We do not know a place of this name"),
        ("x" * 61, "That is too long for a place."),
        ("''", "We do not know a place of this name"),
    ],
)
def test_what_is_no_place_is_answered_with_what_to_type(typed: str, says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_near(typed)
    assert says in refused.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("EC2Y 8DS", "EC2Y"),
        ("ec2y8ds", "EC2Y"),
        ("ZZ9 9ZZ", "ZZ9"),
        ("10 Downing Street, SW1A 2AA", "10 Downing Street, SW1A"),
        ("EC2Y 8DS 8DS", "EC2Y"),
        ("printing near e1 6an and e8 1dy", "printing near E1 and E8"),
        ("E17", "E17"),
        ("Walthamstow", "Walthamstow"),
        ("KS3 2nd half", "KS3 2nd half"),
        ("", ""),
    ],
)
def test_a_full_postcode_loses_its_second_half(typed: str, kept: str) -> None:
    assert reduced(typed) == kept
    assert reduced(kept) == kept

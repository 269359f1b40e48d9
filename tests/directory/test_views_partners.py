from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.directory.reading import Page
from tests.factories import OpportunityFactory, PartnerFactory, SiteFactory, assure

# Plain reading by the ORM: nothing that could differ between databases.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_only, pytest.mark.usefixtures("index")]


def read(client: Client, **params: Any) -> Page:
    return Page(client.get("/partners/", params))


def names(page: Page) -> list[str]:
    return [words for words, address in page.links.items() if address.startswith("/partners/") and "-" in address]


def test_a_row_says_who_they_are_where_and_what_they_offer(client: Client) -> None:
    partner = PartnerFactory.create(name="Tallowgate", kind="charity", summary="A working print shop.")
    assure(partner)
    SiteFactory.create(partner=partner, postcode="E1 6AN")
    SiteFactory.create(partner=partner, postcode="E8 1DY", order=1)
    OpportunityFactory.create_batch(2, offered_by=partner)
    OpportunityFactory.create(hosted_by=partner, kind="talk")
    OpportunityFactory.create(with_partners=[partner], kind="cpd")
    OpportunityFactory.create(offered_by=partner, live=False)
    page = read(client)
    row = page.text[page.text.index("Charity or community group Tallowgate") :]
    assert row.startswith(
        "Charity or community group Tallowgate A working print shop. Tower Hamlets and Hackney Documents in date "
        "4 opportunities Cultural visit or workshop 2 Careers talk or event Teacher CPD"
    )


def test_only_public_partners_are_listed(client: Client) -> None:
    PartnerFactory.create(name="Open house")
    PartnerFactory.create(name="Draft house", live=False)
    PartnerFactory.create(name="Suspended house", suspended_at=timezone.now())
    PartnerFactory.create(name="Gone house", expire_at=timezone.now() - timedelta(days=1))
    page = read(client)
    assert names(page) == ["Open house"]
    assert page.heading == "1 partner"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ropewrights", ["The Ropewrights’ Company"]),
        ("ropewrights' companies", ["The Ropewrights’ Company"]),
        ("printing", ["Tallowgate"]),
        ("PRINTED posters", ["Tallowgate"]),
        ("printing rope", []),
        ("fashion", ["Nell Aduwo"]),
        ("the", ["Nell Aduwo", "Tallowgate", "The Ropewrights’ Company"]),
        ("100%", []),
        ("&", ["Nell Aduwo", "Tallowgate", "The Ropewrights’ Company"]),
        ("printing & posters", ["Tallowgate"]),
        ("😀", []),
        ("x" * 100, []),
        ("a_b", []),
        ("' OR 1=1 --", []),
    ],
)
def test_words_are_looked_for_in_names_work_and_sectors(client: Client, typed: str, found: list[str]) -> None:
    PartnerFactory.create(name="Tallowgate", summary="Prints posters.", description="Eleven hand presses.")
    PartnerFactory.create(name="The Ropewrights’ Company", kind="livery")
    PartnerFactory.create(name="Nell Aduwo", sectors=["fashion-textiles"])
    assert names(read(client, q=typed)) == found


def test_choices_narrow_and_their_counts_ignore_themselves(client: Client) -> None:
    for name, kind, sectors, postcode in (
        ("A", "charity", ["law"], "E1 6AN"),
        ("B", "business", ["law", "finance-insurance"], "E8 1DY"),
        ("C", "business", ["finance-insurance"], "E8 1DY"),
    ):
        partner = PartnerFactory.create(name=f"{name} house", kind=kind, sectors=sectors)
        SiteFactory.create(partner=partner, postcode=postcode)
    page = read(client, kind="business", sector="law")
    assert names(page) == ["B house"]
    assert page.heading == "1 partner in law"
    assert "Business 1 partner " in page.text
    assert "Charity or community group 1 partner " in page.text
    assert "Finance and insurance 2 partners" in page.text
    assert names(read(client, borough=["hackney", "tower-hamlets"])) == ["A house", "B house", "C house"]
    assert names(read(client, borough="hackney")) == ["B house", "C house"]
    assert "There is no choice called “circus”" in read(client, kind="circus").text


def test_the_nearest_come_first_and_those_without_a_place_last(client: Client) -> None:
    for name, postcodes in (("Far", ["CR0 1AA"]), ("Near", ["CR0 1AA", "E17 4QR"]), ("Nowhere", [])):
        partner = PartnerFactory.create(name=f"{name} house")
        for n, postcode in enumerate(postcodes):
            SiteFactory.create(partner=partner, postcode=postcode, order=n)
    page = read(client, near="Walthamstow")
    assert names(page) == ["Near house", "Far house", "Nowhere house"]
    assert "Croydon and Waltham Forest, in the same area" in page.text
    assert page.value("near") == "Walthamstow"
    assert names(read(client, near="E17", sort="name")) == ["Far house", "Near house", "Nowhere house"]
    assert names(read(client)) == ["Far house", "Near house", "Nowhere house"]


def test_the_newest_come_first_when_asked(client: Client) -> None:
    now = timezone.now()
    PartnerFactory.create(name="Old house", first_published_at=now - timedelta(days=9))
    PartnerFactory.create(name="Young house", first_published_at=now)
    PartnerFactory.create(name="Ageless house")
    assert names(read(client, sort="newest")) == ["Young house", "Old house", "Ageless house"]


def test_a_full_postcode_sends_on_to_its_first_half(client: Client) -> None:
    response = client.get("/partners/", {"near": "e17 4qr", "kind": "charity"})
    assert (response.status_code, response.headers["Location"]) == (302, "/partners/?near=E17&kind=charity")


def test_a_place_that_is_none_takes_nothing_away(client: Client) -> None:
    PartnerFactory.create(name="A house")
    page = read(client, near="Atlantis", sort="nearest", page="x")
    assert page.error("near").startswith("We do not know a place of this name in London.")
    assert names(page) == ["A house"]


def test_nothing_found_leads_on(client: Client) -> None:
    PartnerFactory.create(name="A house")
    page = read(client, q="xylophone", kind="charity")
    assert page.heading == "No partner for xylophone with these choices, yet"
    assert any(words.startswith("See every partner") for words in page.links)


def test_pages_follow_each_other_and_the_last_stands_for_all_beyond(client: Client) -> None:
    for n in range(45):
        PartnerFactory.create(name=f"House {n:02}")
    seen = [name for number in (1, 2, 3) for name in names(read(client, page=number))]
    assert seen == [f"House {n:02}" for n in range(45)]
    assert "Showing 41 to 45 of 45" in read(client, page="999999999999").text


def test_the_number_of_queries_is_the_same_for_3_partners_and_for_20(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    def add(count: int) -> None:
        for _ in range(count):
            partner = PartnerFactory.create(sectors=["law", "finance-insurance"])
            SiteFactory.create(partner=partner)
            assure(partner)
            OpportunityFactory.create_batch(2, offered_by=partner, with_partners=[PartnerFactory.create()])

    def queries() -> int:
        with django_assert_max_num_queries(12) as asked:
            assert read(client, near="E1").status == 200
        return len(asked)

    add(3)
    read(client)
    few = queries()
    add(17)
    assert queries() == few

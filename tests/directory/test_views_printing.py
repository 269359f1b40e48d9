import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from directory import words
from tests.directory.noted import events, found, visit
from tests.directory.reading import Page
from tests.factories import (
    ContactFactory,
    OpportunityFactory,
    PartnerFactory,
    SessionFactory,
    SiteFactory,
    TeacherFactory,
    assure,
)
from tests.people import sign_in

# Plain reading by the ORM: nothing that could differ between databases.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_only, pytest.mark.usefixtures("index")]
SHEETS = ("print", "desk-sheet")


@pytest.fixture(autouse=True)
def _site(settings: LazySettings) -> None:
    settings.SITE_URL = "https://find.example"


def read(client: Client, opportunity: Any, sheet: str) -> Page:
    return Page(visit(client, f"{opportunity.get_absolute_url()}{sheet}/"))


def workshop(**fields: Any) -> Any:
    partner = PartnerFactory.create(name="Tallowgate", telephone="020 7946 0112", email="hello@press.example")
    assure(partner)
    site = SiteFactory.create(partner=partner, name="The print room", address="1 High Street", postcode="E1 6AN")
    return OpportunityFactory.create(
        **{
            "title": "Set, ink, pull",
            "offered_by": partner,
            "site": site,
            "availability": "dated",
            "access": {"step-free": True, "hearing-loop": False},
            "skills": {"creativity": "Choose words."},
            "access_route": "Write to the learning team.",
            **fields,
        }
    )


def test_the_print_view_says_what_the_page_says_and_has_no_navigation(client: Client) -> None:
    opportunity = workshop(leads_to=[OpportunityFactory.create(title="A week of work")])
    OpportunityFactory.create(title="A first look", leads_to=[opportunity])
    for n in range(9):
        SessionFactory.create(opportunity=opportunity, in_days=10 + n)
    page = read(client, opportunity, "print")
    assert page.heading == "Set, ink, pull"
    for said in (
        "Choose words.", "No hearing loop", "Write to the learning team.", "Ring 020 7946 0112 or write to hello@press.example",
        "The newest details: find.example/o/", "And four more: see", "A first look (cultural visit or workshop)",
        "A week of work", "Printed on", "Public liability insurance In date to",
    ):  # fmt: skip
        assert said in page.text, said
    assert set(page.links) == {"Find Fusion", "Skip to main content", "Back to Set, ink, pull"}
    assert "Save to calendar" not in page.text
    assert 'content="noindex, nofollow"' in page.html


def test_the_desk_sheet_says_whom_to_ring_when_how_to_get_there_and_what_to_bring(client: Client) -> None:
    opportunity = workshop(deadline=timezone.localdate() + timedelta(days=30), cost_help="Fares are paid.")
    for n in range(5):
        SessionFactory.create(opportunity=opportunity, in_days=10 + n)
    page = read(client, opportunity, "desk-sheet")
    assert page.headings[:5] == ["Set, ink, pull", "Whom to ring", "When", "How to get there", "What to bring"]
    for said in (
        "020 7946 0112 , Tallowgate", f"Find Fusion, number {opportunity.pk}", "Apply by", "2 more dates: ask",
        "The print room, 1 High Street, Tower Hamlets, E1; ask for the way", "No hearing loop", "Fares are paid.",
        "the call", "the form", "the journey", f"find.example/o/{opportunity.pk}",
    ):  # fmt: skip
        assert said in page.text, said


def test_the_desk_sheet_gives_its_three_lines_to_dates_that_can_be_had(client: Client) -> None:
    opportunity = workshop()
    for n in range(5):
        SessionFactory.create(opportunity=opportunity, in_days=10 + n, capacity=20, taken=20 if n < 3 else 0)
    page = read(client, opportunity, "desk-sheet")
    assert page.text.count("(full)") == 1
    assert page.text.index("2 more dates: ask") > page.text.index("(full)")


def test_the_desk_sheet_says_what_those_pay_for_whom_it_is_not_free(client: Client) -> None:
    opportunity = workshop(cost="paid", cost_amount=2, cost_unit="pupil", family_price=0, cost_help="Fares are paid.")
    page = read(client, opportunity, "desk-sheet")
    assert "Free for Family of Schools, others pay £2 for each pupil. Fares are paid." in page.text


@pytest.mark.parametrize(
    ("partner", "says"),
    [
        ({"email": "hello@press.example"}, "Ask the desk to write to hello@press.example for you."),
        ({}, "Ask your school or your adviser. They ring for you."),
        (
            {"kind": "self_employed", "telephone": "020 7946 0999"},
            "Ask your school or your adviser. They ring for you.",
        ),
    ],
)
def test_without_a_telephone_the_desk_sheet_says_who_rings(client: Client, partner: dict[str, Any], says: str) -> None:
    page = read(
        client, OpportunityFactory.create(offered_by=PartnerFactory.create(**partner), years=(9, 11)), "desk-sheet"
    )
    assert says in page.text
    assert "020 7946 0999" not in page.text


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_paper_is_handed_on_so_it_names_whom_anybody_may_see(client: Client, sheet: str) -> None:
    opportunity = workshop(years=(7, 9))
    SessionFactory.create(opportunity=opportunity)
    ContactFactory.create(partner=opportunity.offered_by, name="Public Person", is_public=True)
    sign_in(client, TeacherFactory.create())
    assert "Public Person" not in read(client, opportunity, sheet).html
    for_adults = OpportunityFactory.create(offered_by=PartnerFactory.create(), audiences=["adults"])
    ContactFactory.create(
        partner=for_adults.offered_by, name="Public Person", telephone="020 7946 0113", is_public=True
    )
    assert "Public Person" in read(client, for_adults, sheet).text


@pytest.mark.parametrize(("sheet", "what"), [("print", "opportunity"), ("desk-sheet", "desk sheet")])
def test_each_counts_by_the_search_that_led_there(client: Client, sheet: str, what: str) -> None:
    opportunity = workshop()
    SessionFactory.create(opportunity=opportunity)
    token = found(4)
    page = Page(client.get(opportunity.get_absolute_url(), {"s": token.sign()}))
    address = f"{opportunity.get_absolute_url()}{sheet}/"
    assert f"{address}?s={token.sign()}" in page.links.values()
    sheet_page = Page(visit(client, address, token))
    assert token.search not in sheet_page.html.replace(token.sign(), "", 1)
    assert [each for each in events() if each["name"] == "printed"] == [
        {
            "name": "printed", "surface": "site", "search": token.search, "rank": 4, "opportunity": opportunity.pk,
            "partner": opportunity.offered_by_id, "data": {"what": what},
        }
    ]  # fmt: skip


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_code_is_a_plain_drawing_and_the_same_for_everybody(client: Client, sheet: str) -> None:
    opportunity = OpportunityFactory.create()

    def drawn() -> list[str]:
        return re.findall(r'<svg role="img"[^>]*class="ff-qr".*?</svg>', read(client, opportunity, sheet).html)

    [code] = before = drawn()
    assert "style=" not in code
    assert 'aria-label="Picture code that opens this opportunity' in code
    sign_in(client, TeacherFactory.create())
    assert drawn() == before


def test_the_short_address_leads_to_the_page_and_counts_once_as_a_visit_by_paper(client: Client) -> None:
    opportunity = OpportunityFactory.create(title="Set, ink, pull")
    assert client.get(f"/o/{opportunity.pk}")["Location"] == f"/o/{opportunity.pk}/"
    response = visit(client, f"/o/{opportunity.pk}/")
    assert response.status_code == 302
    assert events() == []
    assert visit(client, response["Location"]).status_code == 200
    assert events() == [
        {
            "name": "opportunity_viewed",
            "surface": "paper",
            "opportunity": opportunity.pk,
            "partner": opportunity.offered_by_id,
        }
    ]


@pytest.mark.parametrize("address", ["/o/{0}/", "/opportunities/{0}-x/print/", "/opportunities/{0}-x/desk-sheet/"])
def test_what_is_not_public_is_on_no_paper(client: Client, address: str) -> None:
    draft = OpportunityFactory.create(live=False)
    for number in (draft.pk, 0, "9" * 40):
        assert client.get(address.format(number)).status_code == 404
    assert events() == []


@given(st.text(max_size=200), st.integers(1, 80))
def test_a_text_is_cut_between_words_and_says_so(text: str, longest: int) -> None:
    whole, cut = " ".join(text.split()), words.shortened(text, longest)
    if len(whole) <= longest or " " not in whole:
        assert cut == whole
        return
    assert cut.endswith(" …")
    kept = cut.removesuffix(" …")
    assert whole.startswith(kept)
    first = whole.split(" ")[0]
    assert len(kept) <= max(longest, len(first))
    # Never in the middle of a word, but for marks at its end.
    assert whole[len(kept)] in " ,;:–-"

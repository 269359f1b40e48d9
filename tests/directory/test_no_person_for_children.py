"""No person's name, e-mail address or telephone leaves the site where somebody under 18 may take part.

It looks through every address that anybody may ask for, as `test_bad_input` lists them, so through new ones too.
"""

from collections.abc import Callable
from string import Formatter
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory

from directory import previews
from opportunities.models import Opportunity
from partners.models import Partner
from search.engines import get_engine
from search.indexing import opportunity_batch, partner_batch
from search.selectors import suggest
from tests.directory.test_bad_input import PUBLIC
from tests.factories import (
    AdviserFactory,
    ContactFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
    SessionFactory,
    SiteFactory,
    TeacherFactory,
    UserFactory,
    assure,
)
from tests.people import sign_in

# Plain reading by the ORM: nothing that could differ between databases.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_only]

NAME, MAIL, TELEPHONE = "Zephyrine Quillfeather", "zephyrine@quill.example", "020 7946 0177"
PERSON = ("zephyrine", "quillfeather", MAIL, TELEPHONE, "02079460177")
# What somebody who works alone calls the address of the organisation is a person's.
ALONE_MAIL, ALONE_TELEPHONE = "own-address@quill.example", "07700 900177"
OWN = (ALONE_MAIL, ALONE_TELEPHONE, "07700900177")
# Search pages are asked for something that finds the opportunity.
ASKED = {"search/": "?q=clay", "search/calendar.ics": "?q=clay", "partners/": "?q=quarry"}


@pytest.fixture(autouse=True)
def _no_demonstration(settings: LazySettings) -> None:
    settings.DEMO = False


def with_person(**fields: Any) -> Partner:
    """A partner with a person who may be shown to school staff and advisers."""
    partner = PartnerFactory.create(name="Quarry Yard", website="https://quarry.example/", **fields)
    assure(partner)
    ContactFactory.create(partner=partner, name=NAME, role="Bookings", email=MAIL, telephone=TELEPHONE, is_public=True)
    return partner


def alone() -> Partner:
    return with_person(kind="self_employed", has_employees=False, email=ALONE_MAIL, telephone=ALONE_TELEPHONE)


CASES: dict[str, Callable[[], dict[str, Any]]] = {
    "an audience under 18": lambda: {"offered_by": with_person(), "audiences": ["ks3"]},
    "an audience under 18 beside adults": lambda: {"offered_by": with_person(), "audiences": ["adults", "16-18"]},
    "school years": lambda: {"offered_by": with_person(), "years": (7, 9)},
    "an age under 18": lambda: {"offered_by": with_person(), "kind": "volunteering", "age_from": 16},
    "nothing said": lambda: {"offered_by": with_person()},
    "a placement": lambda: {"offered_by": with_person(), "kind": "placement"},
    "an apprenticeship": lambda: {"offered_by": with_person(), "kind": "apprenticeship", "audiences": ["16-18"]},
    "a sole trader": lambda: {"offered_by": alone(), "audiences": ["ks4"]},
    "a sole trader, and nothing said": lambda: {"offered_by": alone()},
    "a sole trader as host": lambda: {"hosted_by": alone(), "audiences": ["ks4"]},
    "offered together with others": lambda: {"with_partners": [with_person()], "audiences": ["ks3"]},
}


def made(case: str) -> tuple[Opportunity, Partner]:
    """The opportunity of a case, and the partner that has the person."""
    fields = CASES[case]()
    opportunity = OpportunityFactory.create(title="Clay by hand", availability="dated", **fields)
    if fields.get("offered_by"):
        opportunity.site = SiteFactory.create(partner=fields["offered_by"])
        opportunity.save()
    SessionFactory.create(opportunity=opportunity)
    OpportunityFactory.create(title="Before clay", audiences=["ks3"], leads_to=[opportunity])
    return opportunity, Partner.objects.get(name="Quarry Yard")


def addresses(opportunity: Opportunity, partner: Partner) -> list[str]:
    """Every address that anybody may ask for, of this opportunity and this partner."""
    session = opportunity.sessions.get()
    names = {
        "pk": opportunity.pk, "slug": opportunity.slug, "session": session.pk, "partner": partner.pk,
        "partner_slug": partner.slug,
    }  # fmt: skip
    return [
        address.format(**names) + ASKED.get(route, "")
        for route, address in PUBLIC.items()
        if {name for _, name, _, _ in Formatter().parse(address) if name} <= set(names)
    ]


def told(client: Client, address: str) -> str:
    """All that an address gives, and its headers, in small letters."""
    response = client.get(address)
    body = b"".join(getattr(response, "streaming_content", None) or [response.content])
    return f"{response.headers}\n{body.decode(errors='replace')}".replace("\r\n ", "").lower()


def preview(subject: Opportunity | Partner) -> str:
    request: HttpRequest = RequestFactory().get("/")
    request.user = AnonymousUser()
    subject = type(subject)._default_manager.get(pk=subject.pk)
    drawn = (
        previews.opportunity(request, subject)
        if isinstance(subject, Opportunity)
        else previews.partner(request, subject)
    )
    return drawn.content.decode().lower()


def known_to_search(opportunity: Opportunity, partner: Partner) -> dict[str, str]:
    """What the index holds, and what is suggested to somebody who types the name."""
    typed = ("zeph", "zephyrine", "quillfeather", "own-address")
    return {
        "document of the opportunity": repr(opportunity_batch([opportunity.pk])).lower(),
        "document of the partner": repr(partner_batch([partner.pk])).lower(),
        "words of the index": " ".join(get_engine().words()).lower(),
        "suggestions": repr([suggest(each) for each in typed]).lower(),
    }


@pytest.mark.parametrize("case", CASES)
def test_no_way_out_tells_of_a_person(client: Client, index: Callable[[], None], case: str) -> None:
    opportunity, partner = made(case)
    index()
    found = {address: told(client, address) for address in addresses(opportunity, partner)}
    assert sum("clay by hand" in each for each in found.values()) >= 9, "the search looks at what it should"
    found |= {"preview of the opportunity": preview(opportunity), "preview of the partner": preview(partner)}
    found |= known_to_search(opportunity, partner)
    hidden = PERSON + (OWN if partner.kind == Partner.Kind.SELF_EMPLOYED else ())
    told_of = {(where, secret) for where, text in found.items() for secret in hidden if secret in text}
    assert told_of == set()


@pytest.mark.parametrize("make", [UserFactory, TeacherFactory], ids=["signed in", "school staff not verified"])
def test_to_be_signed_in_is_not_enough(client: Client, make: Any) -> None:
    opportunity, partner = made("a sole trader")
    sign_in(client, make.create(**({"school__verified": False} if make is TeacherFactory else {})))
    for subject in (opportunity, partner):
        text = told(client, f"{subject.get_absolute_url()}contact/")
        assert not [secret for secret in PERSON + OWN if secret in text]


def test_a_partners_own_people_see_no_more_than_others(client: Client) -> None:
    opportunity, partner = made("an audience under 18")
    sign_in(client, PartnerMemberFactory.create(partner=partner))
    assert "quillfeather" not in told(client, f"{opportunity.get_absolute_url()}contact/")


@pytest.mark.parametrize("make", [TeacherFactory, AdviserFactory], ids=["verified school staff", "adviser"])
@pytest.mark.parametrize("case", ["an audience under 18", "a sole trader"])
def test_school_staff_and_advisers_see_them_where_they_ask_for_contacts_and_nowhere_else(
    client: Client, index: Callable[[], None], make: Any, case: str
) -> None:
    opportunity, partner = made(case)
    index()
    sign_in(client, make.create())
    secrets = PERSON + (OWN if case == "a sole trader" else ())
    for address in addresses(opportunity, partner):
        text = told(client, address)
        seen = {secret for secret in secrets if secret in text}
        assert seen == (set(secrets) if address.endswith("/contact/") else set()), address


def test_where_all_are_adults_anybody_sees_them_so_that_the_search_above_can_find(client: Client) -> None:
    partner = with_person()
    opportunity = OpportunityFactory.create(offered_by=partner, audiences=["adults"])
    assert "quillfeather" in told(client, f"{opportunity.get_absolute_url()}contact/")
    assert "quillfeather" in told(client, f"{opportunity.get_absolute_url()}print/")

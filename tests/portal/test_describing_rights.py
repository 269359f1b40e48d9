"""Nobody reads or changes another partner's opportunities, and nothing that is sent is a fault of ours."""

from typing import Any

import pytest
from django.test import Client

from opportunities.kinds import Kind
from opportunities.models import Opportunity
from opportunities.steps import STEPS
from tests.factories import OfficerFactory, OpportunityFactory, PartnerFactory
from tests.kinds import each_kind
from tests.people import sign_in
from tests.visitors import BROWSER

from .composing import Author, draft_of

pytestmark = pytest.mark.django_db

PAGES = ("", "preview/", *(f"step/{step}/" for step in ("what", "doing", "who", "work", "place", "part")))
ACTS = ("submit/", "withdraw/", "copy/", "end/", "discard/")
NASTY: tuple[Any, ...] = (
    "x",
    "-1",
    "0",
    "9" * 25,
    "9" * 5000,
    "1\x00",
    "\x00",
    "²",
    "None",
    "[]",
    "1e309",
    "NaN",
    "<b>",
)


@pytest.fixture
def author() -> Author:
    return Author()


def test_another_partners_opportunity_is_not_there(author: Author) -> None:
    foreign = OpportunityFactory.create(kind="placement", title="Not yours", live=False)
    hosted = OpportunityFactory.create(kind="placement", hosted_by=author.partner, live=False)
    together = OpportunityFactory.create(kind="placement", with_partners=[author.partner], live=False)
    for opportunity in (foreign, hosted, together):
        for partner in (author.partner, opportunity.offered_by):
            where = f"/portal/{partner.pk}/opportunities/{opportunity.pk}/"
            for page in PAGES:
                assert author.client.get(where + page).status_code == 404, where + page
                assert author.client.post(where + page, {"title": "Mine"}).status_code in (404, 405)
            for act in ACTS:
                assert author.client.post(where + act).status_code == 404, where + act
        assert draft_of(opportunity).title == opportunity.title
    assert Opportunity.objects.count() == 3


def test_officers_and_visitors_are_kept_out_of_the_portal(author: Author) -> None:
    draft = author.begin("visit")
    officer, visitor = Client(headers=BROWSER), Client(headers=BROWSER)
    sign_in(officer, OfficerFactory.create())
    for page in ("", "preview/", "step/what/"):
        assert officer.get(author.at(draft, page)).status_code == 404
        assert visitor.get(author.at(draft, page)).status_code == 302
    assert visitor.get(draft.get_absolute_url()).status_code == 404


def test_a_step_that_the_kind_does_not_have_is_not_there(author: Author) -> None:
    visit = author.begin("visit")
    for step in ("work", "nothing"):
        assert author.client.get(author.at(visit, f"step/{step}/")).status_code == 404


def test_who_is_offered_cannot_be_sent(author: Author) -> None:
    other = PartnerFactory.create()
    draft = author.begin("visit")
    author.write(draft, "what", title="Ours", offered_by=other.pk, kind="job", live="on", reference="X")
    kept = draft_of(draft)
    assert (kept.title, kept.offered_by, kept.kind, kept.live, kept.reference) == (
        "Ours",
        author.partner,
        "visit",
        False,
        "",
    )


@pytest.mark.parametrize("value", NASTY)
@pytest.mark.parametrize("step", ["what", "doing", "who", "work", "place", "part"])
def test_whatever_is_sent_the_answer_is_a_page(author: Author, step: str, value: str) -> None:
    draft = author.begin("placement")
    form = author.step(draft, step)
    fields = form.element.select("input[name], select[name], textarea[name]")
    names = {str(field["name"]) for field in fields} - {"csrfmiddlewaretoken", "seen", "then"}
    rows = {name for name in names if name.endswith("_FORMS")}
    answer = author.client.post(form.address, form.fields | {name: [value] for name in names - rows})
    assert answer.status_code in (200, 302)
    assert draft_of(draft).offered_by == author.partner


@pytest.mark.parametrize("value", NASTY)
def test_numbers_in_addresses_that_are_none(author: Author, value: str) -> None:
    draft = author.begin("visit")
    form = author.step(draft, "doing")
    for name in ("then", "timetable-TOTAL_FORMS", "timetable-INITIAL_FORMS"):
        assert author.client.post(form.address, {**form.fields, name: value}).status_code in (200, 302)
    unreadable = "\x00" in value
    assert author.client.get(form.address, {"more": value}).status_code == (400 if unreadable else 200)
    assert author.client.post(f"{author.all}new/", {"kind": value, "title": value}).status_code == 200
    if value.isdigit() and value.isascii():
        assert author.client.get(f"{author.all}{value}/").status_code == 404


@each_kind
def test_each_question_of_each_kind_has_its_words(author: Author, kind: Kind) -> None:
    draft = author.begin(kind)
    for step in STEPS[kind]:
        page = author.open(author.at(draft, f"step/{step.slug}/")).page
        labelled = {str(label["for"]) for label in page.select("label[for]")}
        fields = page.select(
            ".ff-compose__form input:not([type=hidden]), .ff-compose__form select, .ff-compose__form textarea"
        )
        assert {str(field["id"]) for field in fields} <= labelled
        assert all(label.get_text(strip=True) for label in page.select("label, legend"))

"""What else one does with an opportunity: look at it, copy it, end it; and the list of all."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, TaskState

from opportunities.models import Opportunity, TimetableItem
from opportunities.selectors import public
from partners.moderation import accept
from tests.cms import Answer
from tests.factories import (
    CampaignFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    SessionFactory,
)
from tests.visitors import BROWSER

from .composing import Author, draft_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> Author:
    return Author()


@pytest.fixture
def full(author: Author) -> Opportunity:
    """A live placement that says all it can."""
    made = OpportunityFactory.create(
        title="A week at the bench",
        kind="placement",
        offered_by=author.partner,
        reference="A-17",
        skills={"creativity": "By drawing.", "analysis": ""},
        audiences=["ks4"],
        sectors=["law"],
        themes=["oracy"],
        subjects=["history"],
        with_partners=[PartnerFactory.create()],
        leads_to=[OpportunityFactory.create()],
        access={"step-free": True, "bsl": False},
        campaign=CampaignFactory.create(),
        deadline=timezone.localdate() + timedelta(days=9),
        postcode="EC2Y 8DS",
        availability="dated",
    )
    made.timetable.set([TimetableItem(when="10am", title="Arrive", sort_order=0)])
    made.save()
    SessionFactory.create(opportunity=made)
    return made


def words(answer: Answer) -> str:
    """What the page says between header and footer."""
    found = answer.page.select_one("main")
    assert found is not None
    for gone in found.select(".ff-opener__save, .ff-messages, form"):
        gone.decompose()
    return found.get_text(" ", strip=True)


def test_the_preview_is_the_public_page(author: Author, full: Opportunity) -> None:
    preview = author.open(author.at(full, "preview/"))
    assert words(preview) == words(Answer(Client(headers=BROWSER).get(full.get_absolute_url())))


def test_the_last_step_says_whether_there_is_something_to_send(author: Author, full: Opportunity) -> None:
    def last() -> str:
        return author.open(author.at(full)).page.select(".ff-steps li")[-1].get_text(" ", strip=True)

    author.write(full, "work", in_private_home="False", alone_with_one_adult="False", under_16="False")
    assert "Ready to send" in last()
    author.post(author.at(full, "submit/"))
    assert "With the officers" in last()
    sent = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    accept(Opportunity.objects.get(pk=full.pk), sent.revision, OfficerFactory.create())
    assert "Nothing new to send" in last()


def test_the_preview_shows_the_draft(author: Author, full: Opportunity) -> None:
    author.write(full, "what", title="Two weeks at the bench")
    assert "Two weeks at the bench" in words(author.open(author.at(full, "preview/")))
    assert Opportunity.objects.get(pk=full.pk).title == "A week at the bench"


def test_a_copy_says_the_same_without_what_belongs_to_one_year(author: Author, full: Opportunity) -> None:
    answer = author.post(author.at(full, "copy/"))
    made = Opportunity.objects.latest("pk")
    assert answer.address == author.at(made)
    assert (made.live, made.first_published_at, made.reference, made.deadline, made.campaign) == (
        False, None, "", None, None,
    )  # fmt: skip
    assert not made.sessions.exists()
    assert (made.in_private_home, made.alone_with_one_adult, made.under_16) == (None, None, None)
    draft = draft_of(made)
    for name in ("title", "kind", "summary", "tasks", "site", "year_from", "year_to", "offered_by"):
        assert getattr(draft, name) == getattr(full, name), name
    for name, said in (
        ("skill_items", ("tag", "practice")),
        ("audience_items", ("tag",)),
        ("sector_items", ("tag",)),
        ("theme_items", ("tag",)),
        ("subject_items", ("tag",)),
        ("co_offers", ("partner",)),
        ("leads_to", ("target",)),
        ("access", ("feature", "present")),
        ("timetable", ("when", "title")),
    ):
        here, there = (
            [tuple(getattr(row, each) for each in said) for row in getattr(one, name).all()] for one in (draft, full)
        )
        assert here == there, name
        assert here, name
    kept = Opportunity.objects.get(pk=full.pk)
    assert (kept.live, kept.skill_items.count(), kept.timetable.count(), kept.sessions.count()) == (True, 2, 1, 1)


def test_a_copy_can_be_described_on_and_sent(author: Author, full: Opportunity) -> None:
    author.post(author.at(full, "copy/"))
    made = Opportunity.objects.latest("pk")
    answer = author.post(author.at(made, "submit/"))
    assert "The officers are reading this" not in answer.page.get_text()
    author.write(made, "work", in_private_home="False", alone_with_one_adult="False", under_16="False")
    answer = author.post(author.at(made, "submit/"))
    assert "The officers are reading this" in answer.page.get_text()


def test_ending_takes_it_off_at_once_and_back_from_the_officers(author: Author, full: Opportunity) -> None:
    author.write(full, "what", title="Another title")
    author.post(author.at(full, "submit/"))
    author.post(author.at(full, "end/"))
    kept = Opportunity.objects.get(pk=full.pk)
    assert not kept.live
    assert full not in public()
    assert not kept.workflow_in_progress
    assert ModelLogEntry.objects.filter(action="wagtail.unpublish", user=author.user).count() == 1
    author.post(author.at(full, "end/"))
    assert draft_of(full).title == "Another title"


def test_reading_changes_nothing(author: Author, full: Opportunity) -> None:
    for page in ("submit/", "withdraw/", "copy/", "end/"):
        assert author.client.get(author.at(full, page)).status_code == 405
    assert Opportunity.objects.get(pk=full.pk).live


def test_the_list_names_drafts_as_they_are_called_now(author: Author, full: Opportunity) -> None:
    author.write(full, "what", title="Two weeks at the bench")
    OpportunityFactory.create(title="Somebody else's")
    said = author.open(author.all).page.select_one("main")
    assert said is not None
    assert "Two weeks at the bench" in said.get_text()
    assert "Somebody else's" not in said.get_text()


def test_pages_ask_the_database_the_same_number_of_times(
    author: Author, full: Opportunity, django_assert_max_num_queries: object
) -> None:
    addresses = (
        author.all,
        author.at(full),
        *(author.at(full, f"step/{step}/") for step in ("doing", "place", "part")),
    )
    few = {address: _queries(author, address) for address in addresses}
    for number in range(12):
        more = OpportunityFactory.create(offered_by=author.partner, live=bool(number % 2), availability="dated")
        SessionFactory.create(opportunity=more)
        more.save_revision(user=OfficerFactory.create())
    full.timetable.set([TimetableItem(when=f"{n}am", title="On", sort_order=n) for n in range(1, 12)])
    full.save()
    assert {address: _queries(author, address) for address in addresses} == few


def _queries(author: Author, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    author.client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert author.client.get(address).status_code == 200
    return len(captured)

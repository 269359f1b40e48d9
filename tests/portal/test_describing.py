"""Opportunities described step by step through the pages of the portal, from nothing to sent."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import TaskState

from opportunities.kinds import ASKED_SAFEGUARDING, Kind
from opportunities.models import Opportunity
from opportunities.requirements import QUESTIONS
from taxonomy.models import AccessFeature, Audience, FusionSkill
from tests.factories import OpportunityFactory, PartnerFactory, SiteFactory, term
from tests.factories.opportunities import NEEDED
from tests.kinds import each_kind

from .composing import Author, draft_of, problems, steps

pytestmark = pytest.mark.django_db

WORK = {"placement", "internship", "apprenticeship", "job", "mentoring", "volunteering", "course"}
WHO = ("year_from", "year_to")


def picture() -> SimpleUploadedFile:
    """A small photograph, as a telephone sends it."""
    file = BytesIO()
    Image.new("RGB", (640, 400), "teal").save(file, "JPEG")
    return SimpleUploadedFile("bench.jpg", file.getvalue(), "image/jpeg")


@pytest.fixture
def author() -> Author:
    return Author()


def work_of(kind: str) -> dict[str, Any]:
    """What the step on the work must say, and no safeguarding question answered with yes."""
    needed = {name: value for name, value in NEEDED.get(kind, {}).items() if name not in WHO}
    return needed | (dict.fromkeys(QUESTIONS, "False") if kind in ASKED_SAFEGUARDING else {})


@each_kind
def test_each_kind_from_nothing_to_sent(author: Author, kind: Kind) -> None:
    site = SiteFactory.create(partner=author.partner)
    opportunity = author.begin(kind)
    assert not opportunity.live
    author.write(opportunity, "what", summary="Print a poster.", description="A day of printing.")
    author.write(
        opportunity,
        "doing",
        timetable__0__when="10.30",
        timetable__0__title="Mix the ink",
        skill_items__0__tag=term(FusionSkill, "creativity").pk,
        skill_items__0__practice="Choose type and colour.",
    )
    author.write(opportunity, "who", audiences=[term(Audience, "16-18").pk])
    if kind in WORK:
        answer = author.write(opportunity, "work", **work_of(kind))
        assert problems(answer) == []
    author.write(
        opportunity,
        "place",
        site=site.pk,
        availability="on_request",
        access__0__feature=term(AccessFeature, "step-free").pk,
        access__1__feature=term(AccessFeature, "hearing-loop").pk,
        access__1__present="no",
    )
    answer = author.write(opportunity, "part", access_route="Write to us, we answer within a week.")
    assert answer.address == author.at(opportunity)
    assert set(steps(answer).values()) == {"Done", "Ready to send"}
    answer = author.post(author.at(opportunity, "submit/"))
    assert "The officers are reading this" in answer.page.get_text()
    waiting = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    sent = waiting.revision.as_object()
    assert (sent.title, sent.kind, sent.summary, sent.site) == ("Set, ink, pull", kind, "Print a poster.", site)
    assert [(line.when, line.title) for line in sent.timetable.all()] == [("10.30", "Mix the ink")]
    assert [(line.tag.slug, line.practice) for line in sent.skill_items.all()] == [
        ("creativity", "Choose type and colour.")
    ]
    assert [(line.feature.slug, line.present) for line in sent.access.all()] == [
        ("step-free", True),
        ("hearing-loop", False),
    ]
    assert [item.tag.slug for item in sent.audience_items.all()] == ["16-18"]


def test_what_is_unfinished_is_kept_and_says_how_far_it_is(author: Author) -> None:
    opportunity = author.begin("placement")
    assert set(steps(author.open(author.at(opportunity, "step/what/"))).values()) == {
        "To do",
        "None yet",
        "Finish step 1 first",
    }
    answer = author.write(opportunity, "what", then="leave", summary="Print a poster.")
    assert answer.address == author.at(opportunity)
    assert steps(answer)["What it is"] == "One to mend"
    answer = author.write(opportunity, "work", tasks="Set a line of type.", under_16="True")
    said = steps(answer)
    assert said["Days, hours and people"] == "Six to mend"
    assert said["Place and access"] == "To do"
    draft = draft_of(opportunity)
    assert (draft.summary, draft.tasks, draft.under_16, draft.in_private_home) == (
        "Print a poster.",
        "Set a line of type.",
        True,
        None,
    )


def test_sending_what_lacks_something_is_refused_with_the_way_to_each(author: Author) -> None:
    opportunity = author.begin("job")
    answer = author.post(author.at(opportunity, "submit/"))
    assert not TaskState.objects.exists()
    links = {link.get_text(strip=True): link["href"] for link in answer.page.select(".ff-verdict a")}
    assert links["Say what the job pays."] == author.at(opportunity, "step/work/#pay_amount")
    assert links["Describe it in a few short paragraphs."] == author.at(opportunity, "step/what/#description")
    assert links["May somebody under 16 take part? Answer yes or no."] == author.at(
        opportunity, "step/work/#under_16_0"
    )


CONTRADICTIONS = (
    ("placement", "who", {"year_from": "8", "year_to": "10"}, "Placements are for Year 10"),
    ("visit", "who", {"year_from": "9", "year_to": "7"}, "The highest year is below the lowest"),
    ("visit", "who", {"group_min": "30", "group_max": "12"}, "The largest group is smaller"),
    ("course", "who", {"eligible_age_from": "25", "eligible_age_to": "19"}, "The highest age is below"),
    ("visit", "part", {"cost": "paid", "cost_amount": "0"}, "Type what it costs"),
    ("internship", "work", {"pay_amount": "0"}, "Unpaid internships are not listed"),
)


@pytest.mark.parametrize(("kind", "step", "typed", "message"), CONTRADICTIONS)
def test_a_contradiction_is_refused_by_field_and_what_was_typed_stays(
    author: Author, kind: str, step: str, typed: dict[str, str], message: str
) -> None:
    opportunity = author.begin(kind)
    before = opportunity.latest_revision_id
    form = author.step(opportunity, step)
    for name, value in typed.items():
        form[name] = value
    answer = author.send(form)
    assert answer.address == author.at(opportunity, f"step/{step}/")
    assert [found for found in problems(answer) if message in found]
    shown = answer.page
    for name, value in typed.items():
        field = shown.select_one(f'[name="{name}"][value="{value}"], [name="{name}"] option[value="{value}"][selected]')
        assert field is not None, name
    assert Opportunity.objects.get(pk=opportunity.pk).latest_revision_id == before


def test_a_row_can_be_added_changed_and_emptied(author: Author) -> None:
    opportunity = author.begin("visit")
    form = author.step(opportunity, "doing")
    for number, (when, title) in enumerate((("10am", "Arrive"), ("11am", "Print"), ("12pm", "Eat"))):
        form[f"timetable-{number}-when"], form[f"timetable-{number}-title"] = when, title
    answer = author.send(form, "more-timetable")
    assert answer.address == author.at(opportunity, "step/doing/")
    form = author.form(author.at(opportunity, "step/doing/"))
    form["timetable-3-when"], form["timetable-3-title"] = "1pm", "Go home"
    form["timetable-1-when"] = form["timetable-1-title"] = ""
    author.send(form)
    assert [line.title for line in draft_of(opportunity).timetable.all()] == ["Arrive", "Eat", "Go home"]


def test_another_line_keeps_what_cannot_be_saved_yet(author: Author) -> None:
    opportunity = author.begin("visit")
    form = author.step(opportunity, "doing")
    form["timetable-0-title"] = "Print a poster"
    answer = author.send(form, "more-timetable")
    assert problems(answer) == ["Say when: a time like 10.30, or Day 1, or Week 2."]
    assert answer.page.select_one('[name="timetable-0-title"][value="Print a poster"]')
    assert answer.page.select_one('[name="timetable-3-title"]')


def test_a_skill_and_a_feature_stand_only_once(author: Author) -> None:
    opportunity = author.begin("visit")
    skill, feature = term(FusionSkill, "creativity").pk, term(AccessFeature, "step-free").pk
    answer = author.write(opportunity, "doing", skill_items__0__tag=skill, skill_items__1__tag=skill)
    assert problems(answer) == ["This skill stands here twice. Leave it once."]
    answer = author.write(opportunity, "place", access__0__feature=feature, access__1__feature=feature)
    assert problems(answer) == ["This feature stands here twice. Leave it once."]


def test_the_placement_standard_fills_while_one_writes(author: Author) -> None:
    opportunity = author.begin("placement")
    answer = author.open(author.at(opportunity, "step/work/"))
    assert "0 of 8" in answer.page.select_one(".ff-compose__aside").get_text()  # type: ignore[union-attr]
    answer = author.write(opportunity, "work", tasks="Set type.", supervisor_role="Senior printer")
    aside = answer.page.select_one(".ff-compose__aside")
    assert aside is not None
    assert "2 of 8" in aside.get_text()
    met = [found.get_text(" ", strip=True) for found in aside.select(".ff-quality__yes")]
    assert met == ["Met: Tasks described", "Met: A named supervisor role"]


def test_only_own_places_hosts_worked_with_and_what_is_active_can_be_chosen(author: Author) -> None:
    own, foreign = SiteFactory.create(partner=author.partner), SiteFactory.create()
    host = PartnerFactory.create(name="Foundry Lane Press")
    OpportunityFactory.create(offered_by=author.partner, hosted_by=host)
    there = SiteFactory.create(partner=host)
    retired = term(Audience, "families")
    Audience.objects.filter(pk=retired.pk).update(active=False)
    opportunity = author.begin("visit")
    form = author.step(opportunity, "place")
    assert set(form.offered("site")) == {"", str(own.pk), str(there.pk)}
    assert form.offered("hosted_by") == ["", str(host.pk)]
    assert str(retired.pk) not in author.step(opportunity, "who").offered("audiences")
    wrong: tuple[dict[str, Any], ...] = ({"site": foreign.pk}, {"hosted_by": foreign.partner_id})
    for typed in wrong:
        assert problems(author.write(opportunity, "place", **typed)) == ["Choose one of the list."]
    answer = author.write(opportunity, "place", site=there.pk)
    assert problems(answer) == ["This site belongs to another partner. Choose one of the host's sites."]
    author.write(opportunity, "place", site=there.pk, hosted_by=host.pk)
    draft = draft_of(opportunity)
    assert (draft.site, draft.hosted_by, draft.offered_by) == (there, host, author.partner)


def test_it_leads_to_ones_own_or_to_anybodys_public_one(author: Author) -> None:
    own = OpportunityFactory.create(offered_by=author.partner, live=False)
    public, hidden = OpportunityFactory.create(), OpportunityFactory.create(live=False)
    opportunity = author.begin("visit")
    assert str(hidden.pk) not in author.step(opportunity, "part").offered("leads_to-0-target")
    answer = author.write(opportunity, "part", leads_to__0__address=f"http://testserver{hidden.get_absolute_url()}")
    assert problems(answer) == ["Paste the address of an opportunity’s public page, as your browser shows it."]
    author.write(opportunity, "part", then="more-leads_to", leads_to__0__target=own.pk)
    form = author.form(author.at(opportunity, "step/part/"))
    form["leads_to-1-address"] = f"http://testserver{public.get_absolute_url()}?p=1"
    author.send(form)
    assert [row.target for row in draft_of(opportunity).leads_to.all()] == [own, public]


def test_a_picture_is_shown_and_can_be_taken_away(author: Author) -> None:
    opportunity = author.begin("visit")
    author.write(opportunity, "what", picture=picture())
    draft = draft_of(opportunity)
    assert draft.image is not None
    assert draft.image.uploaded_by_user == author.user
    assert Opportunity.objects.get(pk=opportunity.pk).image is None
    author.write(opportunity, "what", no_picture="on")
    assert draft_of(opportunity).image is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.jpg", b"%PDF-1.7"),
        ("a.png", b""),
        ("a.html", b"<p>"),
    ],
)
def test_what_is_no_picture_is_refused(author: Author, name: str, content: bytes) -> None:
    opportunity = author.begin("visit")
    answer = author.write(opportunity, "what", summary="Kept", picture=SimpleUploadedFile(name, content))
    assert len(problems(answer)) == 1
    assert draft_of(opportunity).summary == ""

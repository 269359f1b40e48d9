"""Officers see every change: each field of a revision stands in one aspect, and what differs there reads differently."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from modelcluster.models import get_all_child_relations
from wagtail.images import get_image_model

from opportunities.models import CoOffer, Opportunity, OpportunityAccess, OpportunitySkill, Pathway, TimetableItem
from partners.aspects import changed, differs, is_empty
from partners.models import Partner, PartnerSector, Publishable, Site
from portal.wording import said, told_apart
from taxonomy.models import AccessFeature, Audience, Borough, FusionSkill, Sector
from tests.factories import (
    AdviserTeamFactory,
    CampaignFactory,
    OpportunityFactory,
    PartnerFactory,
    SiteFactory,
    term,
    terms,
)
from tests.numbers import examples
from tests.portal.moderated import again
from tests.portal.test_details import picture

pytestmark = pytest.mark.django_db

# Of Wagtail and of the site: not what a draft says.
BOOKKEEPING = {
    "id", "live", "has_unpublished_changes", "first_published_at", "last_published_at", "live_revision", "expired",
    "locked", "locked_at", "locked_by", "latest_revision", "workflow_states", "_workflow_states", "_revisions",
    "confirmed_on", "suspended_at", "warned_on", "hidden_on",
    "sectors", "skills", "audiences", "themes", "subjects",  # managers of the sets of rows that stand in the aspects
}  # fmt: skip
SETS = {
    "timetable", "co_offers", "audience_items", "eligible_boroughs", "skill_items", "sector_items", "theme_items",
    "subject_items", "access", "leads_to",
}  # fmt: skip
MODELS: tuple[type[Publishable], ...] = (Partner, Opportunity)


def fields_of(model: type[Publishable]) -> set[str]:
    own = {field.name for field in (*model._meta.fields, *model._meta.many_to_many, *model._meta.private_fields)}
    return own | {relation.get_accessor_name() for relation in get_all_child_relations(model)}


@pytest.mark.parametrize("model", MODELS)
def test_every_field_stands_in_exactly_one_aspect(model: type[Publishable]) -> None:
    named = [name for aspect in model.aspects for name in aspect.fields]
    assert len(named) == len(set(named))
    assert set(named) == fields_of(model) - BOOKKEEPING
    assert len({aspect.slug for aspect in model.aspects}) == len(model.aspects)


# field -> another value than a new opportunity has, made when it is needed
def others() -> dict[str, Any]:
    return {
        "title": "Another title",
        "kind": "talk",
        "summary": "Another sentence.",
        "description": "One.\n\nTwo.",
        "reference": "R 7",
        "hosted_by": PartnerFactory.create(),
        "offered_by": PartnerFactory.create(),
        "campaign": CampaignFactory.create(),
        "sourcing_team": AdviserTeamFactory.create(),
        "format": "online",
        "place": "outdoors",
        "site": SiteFactory.create(),
        "outward_code": SiteFactory.create(postcode="E1 6AN").outward_code,
        "availability": "always",
        "in_daytime": False,
        "in_evening": True,
        "at_weekend": True,
        "hours_per_week": Decimal("7.5"),
        "weeks": 2,
        "deadline": date(2027, 3, 1),
        "year_from": 7,
        "year_to": 9,
        "age_from": 14,
        "age_to": 19,
        "group_min": 10,
        "group_max": 30,
        "adult_ratio": 10,
        "cost": "paid",
        "cost_amount": Decimal("4.00"),
        "cost_unit": "pupil",
        "family_price": Decimal(0),
        "cost_help": "Two come free.",
        "access_route": "Write to us.",
        "personal_connection": True,
        "eligible_age_from": 19,
        "eligible_age_to": 24,
        "eligible_employment": "not_working",
        "eligible_level": 2,
        "eligible_income": 20_000,
        "eligible_residence": "london",
        "placement_type": "block",
        "tasks": "Print.",
        "supervisor_role": "Printer",
        "days_and_hours": "Mondays",
        "expenses": "Lunch",
        "level": "2",
        "funded": "yes",
        "pay_amount": Decimal("14.80"),
        "pay_unit": "hour",
        "in_private_home": True,
        "alone_with_one_adult": False,
        "under_16": True,
        "go_live_at": timezone.now() + timedelta(days=3),
        "expire_at": timezone.now() + timedelta(days=30),
    }


def set_rows(thing: Opportunity) -> dict[str, list[Any]]:
    return {
        "skill_items": [OpportunitySkill(tag=term(FusionSkill, "creativity"), practice="By drawing.")],
        "audience_items": [type(thing).audience_items.rel.related_model(tag=term(Audience, "ks3"))],
        "access": [OpportunityAccess(feature=term(AccessFeature, "bsl"), present=False, note="On request")],
        "co_offers": [CoOffer(partner=PartnerFactory.create())],
        "leads_to": [Pathway(target=OpportunityFactory.create())],
        "timetable": [TimetableItem(when="10.00", title="Meet", text="Walk.")],
        "eligible_boroughs": list(Borough.objects.all()[:2]),
    }


def test_whatever_changes_in_an_opportunity_reads_differently_and_only_there() -> None:
    live = OpportunityFactory.create()
    tried = set()
    for name, value in [*others().items(), *set_rows(live).items()]:
        draft = again(live)
        if isinstance(value, list):
            getattr(draft, name).set(value)
        else:
            setattr(draft, name, value)
        aspects = changed(live, draft)
        assert [name in aspect.fields for aspect in aspects] == [True], name
        shown = told_apart(live, draft, aspects[0])
        assert not shown.is_none, name
        assert told_apart(draft, live, aspects[0]).old == shown.new, name
        tried.add(name)
    missing = {name for aspect in Opportunity.aspects for name in aspect.fields} - tried
    assert missing == {"image", "sector_items", "theme_items", "subject_items"}, "these are tried beside a sibling"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("name", "Another", "Another"),
        ("kind", "charity", "Charity or community group"),
        ("website", "https://press.example/", "https://press.example/"),
        ("email", "a@example.org", "a@example.org"),
        ("telephone", "020 7946 0112", "020 7946 0112"),
        ("has_employees", False, "Works without employees"),
        ("summary", "Another sentence.", "Another sentence."),
        ("description", "Since 1871.", "Since 1871."),
        ("reference", "P 1", "P 1"),
    ],
)
def test_each_field_of_a_partner(name: str, value: Any, words: str) -> None:
    partner = PartnerFactory.create()
    draft = again(partner)
    setattr(draft, name, value)
    (aspect,) = changed(partner, draft)
    assert said(draft, aspect) == words


def test_the_sectors_of_a_partner_are_added_and_removed() -> None:
    partner = PartnerFactory.create(sectors=["law"])
    draft = again(partner)
    draft.sector_items.set([PartnerSector(tag=tag) for tag in terms(Sector, ["law", "performing-arts"])])
    (aspect,) = changed(partner, draft)
    shown = told_apart(partner, draft, aspect)
    assert not [piece for piece in shown.old if piece.marked]
    assert [piece.text for piece in shown.new if piece.marked] == [term(Sector, "performing-arts").name]


@pytest.mark.parametrize(
    ("kept", "name", "value", "old", "new"),
    [
        ({"cost": "free"}, "cost_amount", Decimal(4), ["Free"], ["Free", "Not shown while it is free: a price of £4"]),
        (
            {"cost": "free", "cost_amount": Decimal("0.00"), "cost_unit": "pupil"},
            "cost_unit",
            "",
            ["Free", "Not shown while it is free: no price for each pupil"],
            ["Free", "Not shown while it is free: no price"],
        ),
        (
            {"cost": "free"},
            "family_price",
            Decimal(2),
            ["Free"],
            ["Free", "Not shown while it is free: a price of £2 for Family of Schools"],
        ),
        (
            {"cost": "free_if_eligible", "cost_amount": Decimal(180), "cost_unit": "course"},
            "cost_unit",
            "person",
            ["Free if eligible, or £180", "In full: a price of £180 for the course"],
            ["Free if eligible, or £180", "In full: a price of £180 for each person"],
        ),
        (
            {"eligible_income": 20_000},
            "eligible_residence",
            "boroughs",
            ["Income: Up to £20,000 a year"],
            [
                "Income: Up to £20,000 a year",
                "Not shown to the public: boroughs to live in, none of which is named yet",
            ],
        ),
    ],
)
def test_what_the_public_does_not_read_is_said_in_words_beside_what_it_reads(
    kept: dict[str, Any], name: str, value: Any, old: list[str], new: list[str]
) -> None:
    live = again(OpportunityFactory.create(**kept))
    draft = again(live)
    setattr(draft, name, value)
    (aspect,) = changed(live, draft)
    shown = told_apart(live, draft, aspect)
    assert [piece.text for piece in shown.old] == old
    assert [piece.text for piece in shown.new] == new


def test_boroughs_behind_an_offer_to_everybody_are_said() -> None:
    live = OpportunityFactory.create()
    draft = again(live)
    draft.eligible_boroughs.set(Borough.objects.filter(name__in=("Hackney", "Camden")))
    (aspect,) = changed(again(live), draft)
    (line,) = told_apart(again(live), draft, aspect).new
    assert line.text == "Not shown to the public: Camden and Hackney as boroughs to live in"


def test_times_stand_in_words_and_as_typed_where_only_that_differs() -> None:
    live = OpportunityFactory.create()
    live.timetable.set([TimetableItem(when="14:00", title="Pull", sort_order=0)])
    live.save()
    draft = again(live)
    draft.timetable.set([TimetableItem(when="2pm", title="Pull", sort_order=0)])
    (aspect,) = changed(again(live), draft)
    assert said(draft, aspect) == said(again(live), aspect) == ("2pm: Pull",)
    shown = told_apart(again(live), draft, aspect)
    assert [piece.text for piece in shown.old if piece.marked] == ["Typed as 14:00: Pull"]
    assert [piece.text for piece in shown.new if piece.marked] == ["Typed as 2pm: Pull"]


def test_two_pictures_of_one_title_are_told_apart() -> None:
    first, second = (get_image_model().objects.create(title="Press", file=picture()) for _ in range(2))
    for made in (OpportunityFactory.create(image=first), PartnerFactory.create(image=first)):
        draft = again(made)
        draft.image = second
        (aspect,) = changed(again(made), draft)
        shown = told_apart(again(made), draft, aspect)
        assert shown.new[0].text == "Press"
        assert [piece.marked for piece in shown.new] == [False, True]


COSTS = st.fixed_dictionaries(
    {
        "cost": st.sampled_from(["free", "free_if_eligible", "paid"]),
        "cost_amount": st.sampled_from([None, Decimal(0), Decimal("0.00"), Decimal(4), Decimal("4.50")]),
        "cost_unit": st.sampled_from(["", "pupil", "group", "session"]),
        "family_price": st.sampled_from([None, Decimal(0), Decimal(2)]),
    }
    # Nothing is paid for with nothing (`opportunities.requirements.contradictions`).
).filter(lambda cost: cost["cost"] != "paid" or cost["cost_amount"] != 0)


@pytest.mark.engine_only
@given(COSTS, COSTS)
@examples(200, 3000)
def test_costs_are_never_alike_where_they_differ_and_always_in_words(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    old, new = Opportunity(**one), Opportunity(**other)
    aspect = next(each for each in Opportunity.aspects if each.slug == "cost")
    shown = told_apart(old, new, aspect)
    assert shown.is_none is not differs(old, new, aspect)
    told = " ".join(" ".join(piece.text for piece in (*shown.old, *shown.new)).split())
    assert not [raw for raw in ("0.00", "£0", "4.5 ", "Amount", "For:", "nothing", "empty") if raw in told]
    assert "free_if" not in told
    for unit in ("pupil", "group", "session"):
        assert told.count(unit) == told.count(f"each {unit}") + told.count(f"a {unit}"), told


def test_rows_written_anew_with_the_same_words_are_no_change() -> None:
    live = OpportunityFactory.create(skills={"creativity": "By drawing."}, access={"bsl": True})
    draft = again(live)
    draft.skill_items.set([OpportunitySkill(tag=term(FusionSkill, "creativity"), practice="By drawing.")])
    draft.access.set([OpportunityAccess(feature=term(AccessFeature, "bsl"), present=True)])
    draft.description = live.description + "\r\n"
    assert changed(again(live), draft) == ()


def test_a_retired_term_and_a_site_that_is_gone_are_read_as_they_stand() -> None:
    live = OpportunityFactory.create(audiences=["ks3"], postcode="E1 6AN")
    revision = again(live).save_revision()
    Audience.objects.filter(slug="ks3").update(active=False)
    Site.objects.all().delete()
    sent = revision.as_object()
    audiences = next(aspect for aspect in sent.aspects if aspect.slug == "audiences")
    assert said(sent, audiences) == (term(Audience, "ks3").name,)
    assert changed(again(live), sent) == (), "the site is gone from both"


TEXTS = ("title", "summary", "tasks", "cost_help", "weeks", "hours_per_week", "group_min", "group_max")


@given(st.dictionaries(st.sampled_from(TEXTS), st.integers(1, 3)))
@examples(30, 500)
def test_just_the_aspects_with_another_value_differ(values: dict[str, int]) -> None:
    old, new = Opportunity(kind="visit"), Opportunity(kind="visit")
    for name in TEXTS:
        setattr(old, name, 1)
        setattr(new, name, values.get(name, 1))
    simple = [aspect for aspect in Opportunity.aspects if not set(aspect.fields) & SETS]
    expected = [aspect for aspect in simple if any(values.get(name, 1) != 1 for name in aspect.fields)]
    assert [aspect for aspect in simple if differs(old, new, aspect)] == expected
    assert [aspect for aspect in simple if differs(new, old, aspect)] == expected
    assert not any(is_empty(new, aspect) for aspect in expected)

"""The placement standard (W1): eight criteria, each of which can fail by itself."""

from typing import Any

import pytest

from opportunities import selectors
from opportunities.models import Opportunity
from opportunities.quality import Criterion, meets_standard
from partners.models import AssuranceKind, Partner
from tests.factories import AssuranceFactory, OpportunityFactory, PartnerFactory, assure

pytestmark = pytest.mark.django_db


def good(**fields: Any) -> Opportunity:
    given: dict[str, Any] = {
        "kind": "placement",
        "skills": {"creativity": "By drawing."},
        "access": {"step-free": True},
    }
    if "offered_by" not in fields:
        fields["offered_by"] = partner = PartnerFactory.create()
        assure(partner)
    return OpportunityFactory.create(**{**given, **fields})


def unmet(opportunity: Opportunity) -> list[str]:
    criteria = selectors.quality(Opportunity.objects.get(pk=opportunity.pk))
    assert len(criteria) == 8
    assert all(isinstance(one, Criterion) and one.hint.endswith((".", "”.")) for one in criteria)
    missing = [one.title for one in criteria if not one.met]
    assert meets_standard(criteria) == (not missing)
    return missing


def sole_trader(*kinds: str) -> Partner:
    partner = PartnerFactory.create(kind="self_employed", has_employees=False)
    for kind in kinds:
        AssuranceFactory.create(partner=partner, kind=kind)
    return partner


def test_a_good_placement_meets_all_eight() -> None:
    assert unmet(good()) == []


@pytest.mark.parametrize(
    ("title", "fields"),
    [
        ("Tasks described", {"tasks": " "}),
        ("A named supervisor role", {"supervisor_role": ""}),
        ("Hours and days stated", {"days_and_hours": "\n"}),
        ("A learning aim with a fusion skill", {"skills": ()}),
        ("Access and adjustments stated", {"access": {}}),
        ("Expenses stated", {"expenses": ""}),
    ],
)
def test_each_thing_said_can_be_missing(title: str, fields: dict[str, Any]) -> None:
    assert unmet(good(**fields)) == [title]


def test_what_is_known_to_be_missing_for_access_is_stated_too() -> None:
    assert unmet(good(access={"step-free": False})) == []


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("employers_liability", "Employers' liability insurance in date"),
        ("risk_assessment", "Risk assessment in date"),
    ],
)
@pytest.mark.parametrize("in_days", [None, -1])
def test_each_document_can_be_unseen_or_lapsed(kind: str, title: str, in_days: int | None) -> None:
    partner = PartnerFactory.create()
    for each in set(AssuranceKind.values) - {kind}:
        AssuranceFactory.create(partner=partner, kind=each)
    if in_days is not None:
        AssuranceFactory.create(partner=partner, kind=kind, in_days=in_days)
    assert unmet(good(offered_by=partner)) == [title]


def test_a_document_on_its_last_days_holds() -> None:
    partner = PartnerFactory.create()
    assure(partner, in_days=0)
    assert unmet(good(offered_by=partner)) == []


def test_a_sole_trader_without_employees_needs_public_liability_instead() -> None:
    assert unmet(good(offered_by=sole_trader("public_liability", "risk_assessment"))) == []
    assert unmet(good(offered_by=sole_trader("risk_assessment"))) == ["Employers' liability insurance in date"]
    lapsed = sole_trader("risk_assessment")
    AssuranceFactory.create(partner=lapsed, kind="public_liability", in_days=-1)
    assert unmet(good(offered_by=lapsed)) == ["Employers' liability insurance in date"]


def test_employers_liability_is_not_replaced_by_public_liability_where_people_are_employed() -> None:
    partner = PartnerFactory.create()
    for kind in ("public_liability", "risk_assessment"):
        AssuranceFactory.create(partner=partner, kind=kind)
    assert unmet(good(offered_by=partner)) == ["Employers' liability insurance in date"]


def test_the_documents_are_those_of_the_host() -> None:
    host = PartnerFactory.create()
    offering = PartnerFactory.create()
    assure(offering)
    placement = good(offered_by=offering, hosted_by=host)
    assert unmet(placement) == ["Employers' liability insurance in date", "Risk assessment in date"]
    assure(host)
    assert unmet(placement) == []


def test_a_draft_is_judged_by_what_it_says_itself() -> None:
    placement = good()
    draft = placement.get_latest_revision_as_object()
    draft.tasks = ""
    draft.skill_items.set([])
    missing = [one.title for one in selectors.quality(draft) if not one.met]
    assert missing == ["Tasks described", "A learning aim with a fusion skill"]
    assert unmet(placement) == []

"""What an opportunity must not say, and what it must say before it is published."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from opportunities import services
from opportunities.kinds import ASKED_SAFEGUARDING, STRAND_OF, Kind, Strand
from opportunities.models import Opportunity, Pathway
from opportunities.requirements import QUESTIONS, REQUIRED, needs_decision, publication_problems
from partners.models import Partner
from tests.factories import OpportunityFactory, PartnerFactory, SiteFactory
from tests.factories.opportunities import NEEDED
from tests.numbers import examples

pytestmark = pytest.mark.django_db

MUST_SAY = {
    Kind.PLACEMENT: {"placement_type", "tasks", "supervisor_role", "days_and_hours", "expenses"},
    Kind.COURSE: {"level", "funded"},
    Kind.JOB: {"pay_amount", "pay_unit", "hours_per_week"},
    Kind.INTERNSHIP: {"pay_amount", "pay_unit"},
    Kind.APPRENTICESHIP: {"level", "pay_amount", "pay_unit"},
}


def new(kind: str = "visit", **fields: Any) -> Opportunity:
    """One that says all its kind must say, not saved."""
    return OpportunityFactory.build(kind=kind, offered_by=PartnerFactory.create(), **fields)


def contradicted(**fields: Any) -> dict[str, list[str]]:
    kind = fields.pop("kind", "visit")
    try:
        new(kind, **fields).full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


class TestKinds:
    """Twelve kinds, each in one strand."""

    def test_each_kind_has_its_strand(self) -> None:
        assert len(Kind) == 12
        assert set(STRAND_OF) == set(Kind)
        assert set(STRAND_OF.values()) == set(Strand)
        assert new("placement").strand is Strand.WORK
        assert new("talk").strand is Strand.CAREERS
        assert new("cpd").strand is Strand.EDUCATOR

    def test_what_each_kind_must_say_is_what_the_design_asks(self) -> None:
        assert {kind: set(fields) for kind, fields in REQUIRED.items()} == MUST_SAY


class TestBeforePublication:
    """Each missing thing is named at its field, with what to do; drafts may lack all of it."""

    @pytest.mark.parametrize("kind", Kind.values)
    def test_the_least_that_a_kind_needs_is_enough(self, kind: str) -> None:
        assert publication_problems(new(kind)) == {}

    @pytest.mark.parametrize(
        ("kind", "field"), [(kind, field) for kind, fields in MUST_SAY.items() for field in sorted(fields)]
    )
    def test_each_of_them_is_asked_for(self, kind: str, field: str) -> None:
        for nothing in ("", None):
            found = publication_problems(new(kind, **{field: nothing}))
            assert set(found) == {field}
            assert found[field].endswith(".")

    @pytest.mark.parametrize("kind", Kind.values)
    def test_an_empty_one_lacks_exactly_what_its_kind_needs(self, kind: str) -> None:
        bare = Opportunity(kind=kind, offered_by=PartnerFactory.create(), title="Bare", summary="Bare.")
        asked = set(QUESTIONS) if kind in ASKED_SAFEGUARDING else set()
        assert set(publication_problems(bare)) == MUST_SAY.get(Kind(kind), set()) | asked

    @pytest.mark.parametrize("kind", Kind.values)
    @pytest.mark.parametrize("question", QUESTIONS)
    def test_the_safeguarding_questions_are_asked_of_kinds_where_people_work_beside_adults(
        self, kind: str, question: str
    ) -> None:
        found = publication_problems(new(kind, **{question: None}))
        assert (question in found) == (kind in ASKED_SAFEGUARDING)

    def test_a_price_has_an_amount_and_what_it_is_for(self) -> None:
        assert set(publication_problems(new(cost="paid"))) == {"cost_amount", "cost_unit"}
        assert set(publication_problems(new(cost="paid", cost_amount=4))) == {"cost_unit"}
        assert publication_problems(new(cost="paid", cost_amount=4, cost_unit="pupil")) == {}

    def test_a_draft_may_lack_it_and_publishing_may_not(self) -> None:
        for kind, needed in NEEDED.items():
            opportunity = new(kind, live=False, **dict.fromkeys(set(needed) & MUST_SAY[Kind(kind)], None))
            for field in set(needed) & MUST_SAY[Kind(kind)]:
                if not Opportunity._meta.get_field(field).null:
                    setattr(opportunity, field, "")
            services.save_draft(opportunity)
            with pytest.raises(ValidationError) as caught:
                services.publish(opportunity)
            assert set(caught.value.message_dict) == MUST_SAY[Kind(kind)]
            assert not Opportunity.objects.get(pk=opportunity.pk).live


class TestContradictions:
    """What cannot be true at once is refused, in drafts too."""

    @pytest.mark.parametrize(
        ("low", "high"),
        [
            ("year_from", "year_to"),
            ("age_from", "age_to"),
            ("group_min", "group_max"),
            ("eligible_age_from", "eligible_age_to"),
        ],
    )
    def test_bounds_are_in_order(self, low: str, high: str) -> None:
        assert contradicted(**{low: 9, high: 9}) == {}
        assert contradicted(**{low: 9, high: None}) == {}
        assert contradicted(**{low: None, high: 9}) == {}
        assert "Swap them." in contradicted(**{low: 9, high: 8})[high][0]

    @pytest.mark.parametrize("field", ["group_max", "eligible_income"])
    def test_a_bound_of_nought_is_refused_and_none_is_not(self, field: str) -> None:
        assert "leave it empty" in contradicted(**{field: 0})[field][0]
        assert contradicted(**{field: 1}) == contradicted(**{field: None}) == {}

    def test_an_unpaid_internship_is_refused_with_the_reason(self) -> None:
        assert "Unpaid internships are not listed" in contradicted(kind="internship", pay_amount=0)["pay_amount"][0]
        assert contradicted(kind="internship", pay_amount="13.85") == {}
        # Not said yet: a draft may still say it.
        assert contradicted(kind="internship", pay_amount=None) == {}
        assert (
            "Unpaid internships are not listed"
            in publication_problems(new("internship", pay_amount=None))["pay_amount"]
        )

    @pytest.mark.parametrize(("year", "may"), [(-1, False), (0, False), (7, False), (9, False), (10, True), (13, True)])
    def test_a_placement_is_for_year_10_and_above(self, year: int, may: bool) -> None:
        found = contradicted(kind="placement", years=(year, 13))
        assert found == {} if may else "offer a workplace visit" in found["year_from"][0]
        # Younger pupils are welcome at the workplace.
        assert contradicted(kind="workplace", years=(year, 13)) == {}

    def test_a_placement_that_names_only_its_highest_year_is_held_to_it_too(self) -> None:
        assert "year_from" in contradicted(kind="placement", year_from=None, year_to=9)

    def test_what_is_paid_for_costs_something(self) -> None:
        assert "Free" in contradicted(cost="paid", cost_amount=0, cost_unit="pupil")["cost_amount"][0]
        assert contradicted(cost="paid", cost_amount="0.50", cost_unit="pupil") == {}

    def test_nothing_costs_or_pays_less_than_nothing(self) -> None:
        for field in ("cost_amount", "family_price", "pay_amount", "hours_per_week"):
            assert field in contradicted(**{field: -1})

    def test_a_site_is_of_who_offers_or_hosts(self) -> None:
        partner, host, other = PartnerFactory.create_batch(3)
        at = {who: SiteFactory.create(partner=who) for who in (partner, host, other)}

        def problems(site_of: Partner, hosted_by: Partner | None = None) -> list[str]:
            opportunity = OpportunityFactory.build(offered_by=partner, hosted_by=hosted_by, site=at[site_of])
            try:
                opportunity.full_clean()
            except ValidationError as error:
                return error.message_dict["site"]
            return []

        assert problems(partner) == []
        assert problems(host, hosted_by=host) == []
        assert problems(partner, hosted_by=host) == []
        assert "belongs to another partner" in problems(other)[0]
        assert "belongs to another partner" in problems(host)[0]

    def test_an_opportunity_does_not_lead_to_itself(self) -> None:
        opportunity = OpportunityFactory.create()
        with pytest.raises(ValidationError, match="cannot lead to itself"):
            Pathway(opportunity=opportunity, target=opportunity).full_clean()
        Pathway(opportunity=opportunity, target=OpportunityFactory.create()).full_clean()

    def test_a_reference_stands_for_one(self) -> None:
        OpportunityFactory.create(reference="O1")
        assert "Another opportunity has this reference" in contradicted(reference="O1")["reference"][0]
        assert contradicted(reference="") == {}


@pytest.mark.engine_only
@examples(100, 1000)
@given(st.tuples(*[st.sampled_from([None, False, True])] * 3))
def test_an_officer_decides_exactly_where_a_question_is_answered_with_yes(answers: tuple[bool | None, ...]) -> None:
    opportunity = Opportunity(**dict(zip(QUESTIONS, answers, strict=True)))
    assert needs_decision(opportunity) == (True in answers)

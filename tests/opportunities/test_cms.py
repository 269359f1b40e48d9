"""Opportunities in the CMS: what kinds need, sets of rows, safeguarding, moderation, pictures of how one stands."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from opportunities import selectors, services
from opportunities.models import Opportunity
from taxonomy.models import AccessFeature, Audience, FusionSkill
from tests.cms import Desk, Form, address_of
from tests.factories import (
    AssuranceFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    SafeguardingDecisionFactory,
    SiteFactory,
    UserFactory,
    term,
)
from tests.opportunities.drafting import APPROVE, again, drafted, new_form

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/opportunities/opportunity/"


@pytest.fixture
def desk() -> Desk:
    return Desk(OfficerFactory.create())


class TestTheWayToThePublic:
    """Draft, submit, approve."""

    def test_drafted_submitted_approved(self, desk: Desk) -> None:
        opportunity = drafted(desk)
        assert not opportunity.live
        desk.send(desk.form(Opportunity, opportunity), "action-submit")
        assert again(opportunity).status_string == "in moderation"
        other = Desk(OfficerFactory.create())
        other.send(other.form(Opportunity, opportunity), "action-workflow-action", **APPROVE)
        assert again(opportunity) in selectors.public()
        assert again(opportunity).status_string == "live"

    def test_published_by_the_form_at_once(self, desk: Desk) -> None:
        assert "published" in desk.send(new_form(desk), "action-publish").said
        assert selectors.public().count() == 1

    def test_a_draft_needs_a_title_a_kind_and_a_partner(self, desk: Desk) -> None:
        assert set(desk.send(desk.form(Opportunity)).errors) == {"title", "kind", "offered_by"}


MUST_SAY = {
    "placement": {
        *("placement_type", "tasks", "supervisor_role", "days_and_hours", "expenses"),
        *("in_private_home", "alone_with_one_adult", "under_16"),
    },
    "course": {"level", "funded"},
    "job": {"pay_amount", "pay_unit", "hours_per_week", "in_private_home", "alone_with_one_adult", "under_16"},
    "internship": {"pay_amount", "pay_unit", "in_private_home", "alone_with_one_adult", "under_16"},
}


class TestWhatAKindNeeds:
    """A draft may lack it; what is sent on or published may not, and is told so by the field."""

    @pytest.mark.parametrize(
        ("kind", "action"), [*((kind, "action-publish") for kind in MUST_SAY), ("placement", "action-submit")]
    )
    def test_missing(self, desk: Desk, kind: str, action: str) -> None:
        opportunity = drafted(desk, kind=kind)
        answer = desk.send(desk.form(Opportunity, opportunity), action)
        assert answer.status == 200
        assert set(answer.errors) == MUST_SAY[kind]
        assert all(messages[0].endswith(".") for messages in answer.errors.values())
        assert "could not be saved" in answer.said
        assert again(opportunity).status_string == "draft"

    def test_an_unpaid_internship_is_refused_in_a_draft_too(self, desk: Desk) -> None:
        answer = desk.send(new_form(desk, kind="internship", pay_amount="0"))
        assert "Unpaid internships are not listed" in answer.errors["pay_amount"][0]

    def test_a_placement_for_younger_pupils_is_refused(self, desk: Desk) -> None:
        answer = desk.send(new_form(desk, kind="placement", year_from="8", year_to="9"))
        assert "offer a workplace visit" in answer.errors["year_from"][0]

    def test_a_site_of_another_partner_is_refused(self, desk: Desk) -> None:
        answer = desk.send(new_form(desk, site=SiteFactory.create().pk))
        assert "belongs to another partner" in answer.errors["site"][0]
        own = SiteFactory.create()
        assert desk.send(new_form(desk, offered_by=own.partner.pk, site=own.pk)).errors == {}

    def test_a_place_is_typed_as_people_type_it(self, desk: Desk) -> None:
        form = new_form(desk, outward_code="nowhere")
        assert "not how a postcode is written" in desk.send(form).errors["outward_code"][0]
        form["outward_code"] = "se10 9nf"
        assert desk.send(form).errors == {}
        opportunity = Opportunity.objects.get()
        assert opportunity.outward_code_id == "SE10"
        assert desk.form(Opportunity, opportunity)["outward_code"] == "SE10"


class TestRows:
    """Skills, timetable, access, co-offers and pathways are typed in rows, and published with the rest."""

    def filled(self, desk: Desk, form: Form) -> dict[str, Any]:
        things = {
            "skill": term(FusionSkill, "creativity"),
            "feature": term(AccessFeature, "bsl"),
            "partner": PartnerFactory.create(),
            "target": OpportunityFactory.create(),
        }
        form.add("skill_items", tag=things["skill"].pk, practice="By drawing.")
        form.add("timetable", when="10:00", title="Welcome", text="Aprons on.")
        form.add("timetable", when="10:15", title="Print", text="")
        form.add("access", feature=things["feature"].pk, present=False, note="On request.")
        form.add("co_offers", partner=things["partner"].pk)
        form.add("leads_to", target=things["target"].pk)
        form["audiences"] = [term(Audience, "ks2").pk, term(Audience, "send").pk]
        form["eligible_boroughs"] = form.offered("eligible_boroughs")[:2]
        return things

    def test_saved_published_and_shown_again(self, desk: Desk) -> None:
        form = new_form(desk)
        things = self.filled(desk, form)
        assert desk.send(form).errors == {}
        opportunity = Opportunity.objects.get(title="Set, ink, pull")
        assert desk.send(desk.form(Opportunity, opportunity), "action-publish").errors == {}
        kept = again(opportunity)
        assert kept.live
        assert [(row.tag, row.practice) for row in kept.skill_items.all()] == [(things["skill"], "By drawing.")]
        assert [(row.when, row.title) for row in kept.timetable.all()] == [("10:00", "Welcome"), ("10:15", "Print")]
        assert [(row.feature, row.present, row.note) for row in kept.access.all()] == [
            (things["feature"], False, "On request.")
        ]
        assert [row.partner for row in kept.co_offers.all()] == [things["partner"]]
        assert [row.target for row in kept.leads_to.all()] == [things["target"]]
        assert {audience.slug for audience in kept.audiences.all()} == {"ks2", "send"}
        assert kept.eligible_boroughs.count() == 2

    def test_rows_of_a_live_one_change_with_publishing_only(self, desk: Desk) -> None:
        opportunity = OpportunityFactory.create(skills={"creativity": "By drawing.", "analysis": "By looking."})
        form = desk.form(Opportunity, opportunity)
        form.remove("skill_items", 0)
        form["skill_items-1-practice"] = "By counting."
        form.add("skill_items", tag=term(FusionSkill, "resilience").pk, practice="By trying again.")
        desk.send(form)
        assert [row.practice for row in again(opportunity).skill_items.all()] == ["By drawing.", "By looking."]
        desk.send(desk.form(Opportunity, opportunity), "action-publish")
        assert [row.practice for row in again(opportunity).skill_items.all()] == ["By counting.", "By trying again."]

    def test_two_rows_swap_what_may_stand_only_once(self, desk: Desk) -> None:
        one, two = PartnerFactory.create_batch(2)
        opportunity = OpportunityFactory.create(with_partners=[one, two])
        form = desk.form(Opportunity, opportunity)
        form["co_offers-0-partner"], form["co_offers-1-partner"] = two.pk, one.pk
        assert "published" in desk.send(form, "action-publish").said
        assert [row.partner for row in again(opportunity).co_offers.all()] == [two, one]

    @pytest.mark.parametrize(
        ("rows", "field"),
        [("skill_items", "tag"), ("access", "feature"), ("co_offers", "partner"), ("leads_to", "target")],
    )
    def test_the_same_twice_is_refused(self, desk: Desk, rows: str, field: str) -> None:
        form = new_form(desk)
        value = {
            "tag": term(FusionSkill, "creativity"),
            "feature": term(AccessFeature, "bsl"),
            "partner": PartnerFactory.create(),
        }
        for _ in range(2):
            form.add(
                rows,
                **{
                    field: value.setdefault("target", OpportunityFactory.create()).pk
                    if field == "target"
                    else value[field].pk
                },
            )
        answer = desk.send(form)
        assert rows in answer.errors
        assert not Opportunity.objects.filter(title="Set, ink, pull").exists()

    def test_leading_to_itself_is_refused(self, desk: Desk) -> None:
        opportunity = OpportunityFactory.create()
        form = desk.form(Opportunity, opportunity)
        form.add("leads_to", target=opportunity.pk)
        for action in ("", "action-publish"):
            assert "cannot lead to itself" in desk.send(form, action).errors["leads_to-0-target"][0]

    def test_a_retired_skill_stays_in_its_row_and_is_not_offered_anew(self, desk: Desk) -> None:
        creativity, bsl = term(FusionSkill, "creativity"), term(AccessFeature, "bsl")
        opportunity = OpportunityFactory.create(skills={"creativity": "By drawing."}, access={"bsl": True})
        for retired in (creativity, bsl):
            retired.active = False
            retired.save()
        form = desk.form(Opportunity, opportunity)
        assert str(creativity.pk) in form.offered("skill_items-0-tag")
        assert str(bsl.pk) in form.offered("access-0-feature")
        assert "published" in desk.send(form, "action-publish").said
        assert again(opportunity).skill_items.get().tag == creativity
        # Nor can it be chosen where it is not held.
        form = new_form(desk)
        form.add("skill_items", tag=creativity.pk)
        assert "skill_items-0-tag" in desk.send(form).errors

    def test_a_skill_that_is_retired_while_its_row_is_a_draft_stays_too(self, desk: Desk) -> None:
        opportunity = OpportunityFactory.create()
        form = desk.form(Opportunity, opportunity)
        creativity = term(FusionSkill, "creativity")
        form.add("skill_items", tag=creativity.pk, practice="By drawing.")
        desk.send(form)
        creativity.active = False
        creativity.save()
        assert "published" in desk.send(desk.form(Opportunity, opportunity), "action-publish").said
        assert again(opportunity).skill_items.get().tag == creativity


class TestStanding:
    """The tab that says how one stands."""

    def page(self, desk: Desk, opportunity: Opportunity) -> str:
        return desk.open(address_of(Opportunity, "edit", opportunity)).page.get_text(" ", strip=True)

    def test_seen_hidden_and_why(self, desk: Desk) -> None:
        assert "The public sees this" in self.page(desk, OpportunityFactory.create())
        page = self.page(desk, OpportunityFactory.create(live=False, deadline=timezone.localdate() - timedelta(days=1)))
        assert "The public does not see this" in page
        assert "It is not published." in page
        assert "Its deadline has passed." in page

    def test_it_judges_what_is_live_not_the_draft(self, desk: Desk) -> None:
        opportunity = OpportunityFactory.create()
        form = desk.form(Opportunity, opportunity)
        form["deadline"] = f"{timezone.localdate() - timedelta(days=1)}"
        desk.send(form)
        assert "The public sees this" in self.page(desk, opportunity)

    def test_the_placement_standard(self, desk: Desk) -> None:
        page = self.page(desk, OpportunityFactory.create(kind="placement", live=False, tasks=""))
        assert "Placement standard: 3 of 8 met" in page
        assert "Missing: Tasks described." in page
        assert "Describe the tasks: what they will make or finish." in page
        assert "Placement standard" not in self.page(desk, OpportunityFactory.create(kind="visit"))


class TestLists:
    """Searched, narrowed, exported, compared."""

    def test_search_takes_titles_and_partners(self, desk: Desk) -> None:
        OpportunityFactory.create(title="Set, ink, pull", offered_by=PartnerFactory.create(name="Foundry Lane Press"))
        OpportunityFactory.create(title="Mudlarking")
        for words in ("ink", "foundry"):
            response = desk.client.get(f"{LIST}?q={words}")
            assert [found.title for found in response.context["object_list"]] == ["Set, ink, pull"]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("kind=placement", {"Held"}),
            ("skill={skill}", {"Drawing"}),
            ("audience={audience}", {"Drawing"}),
            ("offered_by={partner}", {"Theirs"}),
            ("undecided=true", {"Held"}),
            ("live=false", {"Held"}),
            ("availability=always", {"Theirs"}),
            ("offered_by=nonsense&kind=nonsense", {"Held", "Drawing", "Theirs"}),
        ],
    )
    def test_filters(self, desk: Desk, query: str, found: set[str]) -> None:
        partner = PartnerFactory.create()
        OpportunityFactory.create(title="Held", kind="placement", under_16=True, live=False)
        OpportunityFactory.create(title="Drawing", skills=["creativity"], audiences=["ks2"])
        OpportunityFactory.create(title="Theirs", offered_by=partner, availability="always")
        values = {
            "skill": term(FusionSkill, "creativity").pk,
            "audience": term(Audience, "ks2").pk,
            "partner": partner.pk,
        }
        response = desk.client.get(f"{LIST}?{query.format(**values)}")
        assert response.status_code == 200
        assert {one.title for one in response.context["object_list"]} == found

    def test_exports(self, desk: Desk) -> None:
        OpportunityFactory.create(
            title="Set, ink, pull", reference="O1", offered_by=PartnerFactory.create(name="Foundry")
        )
        lines = desk.exported(f"{LIST}?export=csv").decode().splitlines()
        assert lines[1].startswith('O1,"Set, ink, pull",')
        assert "Foundry" in lines[1]
        sheet = load_workbook(BytesIO(desk.exported(f"{LIST}?export=xlsx"))).active
        assert sheet is not None
        assert [cell.value for cell in sheet[2]][:2] == ["O1", "Set, ink, pull"]

    def test_compare_shows_each_kind_of_change(self, desk: Desk) -> None:
        opportunity = OpportunityFactory.create(skills=["creativity"], audiences=["ks2"])
        desk.send(desk.form(Opportunity, opportunity))
        form = desk.form(Opportunity, opportunity)
        form["title"], form["audiences"] = "Otherwise", [term(Audience, "ks3").pk]
        form["eligible_boroughs"] = form.offered("eligible_boroughs")[:1]
        form.add("timetable", when="10:00", title="Welcome")
        form.remove("skill_items", 0)
        form.add("co_offers", partner=PartnerFactory.create(name="Another partner").pk)
        assert desk.send(form).errors == {}
        revisions = again(opportunity).revisions.order_by("created_at", "pk").values_list("pk", flat=True)
        compared = desk.open(address_of(Opportunity, "revisions_compare", opportunity, *revisions[:2]))
        assert compared.status == 200
        for words in ("Otherwise", "Welcome", "Another partner"):
            assert words in compared.page.text
        assert desk.open(address_of(Opportunity, "history", opportunity)).status == 200

    def test_deleting_one_that_others_lead_to_leaves_them_standing(self) -> None:
        root = Desk(UserFactory.create(is_superuser=True))
        target = OpportunityFactory.create()
        leading = OpportunityFactory.create(leads_to=[target])
        root.post(address_of(Opportunity, "delete", target))
        assert not again(leading).leads_to.exists()
        assert root.send(root.form(Opportunity, leading), "action-publish").errors == {}


class TestTheFirstPage:
    """What waits for an officer stands at the top of the CMS."""

    def test_everything_that_waits(self, desk: Desk) -> None:
        waiting = OpportunityFactory.create(title="Waiting", live=False)
        waiting.save_revision()
        waiting.get_workflow().start(waiting, desk.user)
        OpportunityFactory.create(title="Undecided", kind="placement", under_16=True)
        AssuranceFactory.create(partner=PartnerFactory.create(name="Lapsing"), in_days=3)
        PartnerFactory.create(name="Silent")
        text = desk.open("/admin/").page.get_text(" ", strip=True)
        for words in (
            "To moderate: 1",
            "Safeguarding decisions missing: 1",
            "have lapsed: 1",
            "not confirmed for 180 days: 4",
        ):
            assert words in text
        for words in ("Waiting", "Undecided", "Public liability insurance of Lapsing", "Silent"):
            assert words in text

    def test_nothing_waits(self, desk: Desk) -> None:
        text = desk.open("/admin/").page.get_text(" ", strip=True)
        for words in ("Nothing waits.", "None is missing.", "None lapses soon.", "All were confirmed lately."):
            assert words in text

    def test_an_accepted_decision_leaves_the_list(self, desk: Desk) -> None:
        opportunity = OpportunityFactory.create(title="Undecided", kind="placement", under_16=True, live=False)
        SafeguardingDecisionFactory.create(opportunity=opportunity)
        assert "Safeguarding decisions missing: 0" in desk.open("/admin/").page.get_text(" ", strip=True)
        assert services.is_publishable(again(opportunity))

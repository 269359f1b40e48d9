"""A change in anything that a document shows reaches the index; nothing else does."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.utils import timezone

from changes.models import Change
from changes.tracked import Tracked
from opportunities import services as opportunity_services
from opportunities.models import AssuranceRequirement
from partners import services as partner_services
from partners.models import Partner
from partners.reminders import remind_to_confirm
from search.comparing import differences
from search.criteria import SearchCriteria
from search.engines import EmbeddedEngine, embedded_engine
from search.models import Synonym
from search.selectors import search
from search.touching import TOUCHES
from taxonomy.models import AccessFeature, FusionSkill, SkillFamily
from tests.factories import (
    AssuranceFactory,
    CampaignFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    SafeguardingDecisionFactory,
    SessionFactory,
    SiteFactory,
    term,
)
from tests.search.conftest import LiveIndex

pytestmark = pytest.mark.django_db


def titles(text: str = "", **criteria: object) -> list[str]:
    return [hit.card.title for hit in search(SearchCriteria(text=text, **criteria)).hits]  # type: ignore[arg-type]


def index_engine() -> EmbeddedEngine:
    return embedded_engine(Path(settings.SEARCH_INDEX_DIR))


def agrees() -> bool:
    return not list(differences(index_engine()))


def test_every_tracked_model_says_what_it_touches() -> None:
    tracked = {model._meta.label_lower for model in apps.get_models() if issubclass(model, Tracked)}
    assert tracked == set(TOUCHES)


def test_drafts_are_not_found_and_published_ones_are(index: LiveIndex) -> None:
    opportunity = OpportunityFactory.create(title="Set, ink, pull", live=False)
    index.drain()
    assert titles("ink") == []
    opportunity_services.publish(opportunity)
    index.drain()
    assert titles("ink") == ["Set, ink, pull"]
    opportunity_services.unpublish(opportunity)
    index.drain()
    assert titles("ink") == []


def test_a_draft_of_a_live_one_is_not_found(index: LiveIndex) -> None:
    opportunity = OpportunityFactory.create(title="Set, ink, pull")
    opportunity.title = "Zebra riding"
    opportunity_services.save_draft(opportunity)
    index.drain()
    assert titles("zebra") == []
    assert titles("ink") == ["Set, ink, pull"]


def test_a_renamed_partner_is_found_under_its_new_name_everywhere(index: LiveIndex) -> None:
    partner = PartnerFactory.create(name="Oldname Trust")
    OpportunityFactory.create(title="Offered", offered_by=partner)
    OpportunityFactory.create(title="Together", with_partners=[partner])
    OpportunityFactory.create(title="Hosted", hosted_by=partner)
    OpportunityFactory.create(title="Elsewhere")
    index.drain()
    assert sorted(titles("oldname")) == ["Hosted", "Offered", "Together"]
    partner.name = "Brandnew Trust"
    partner_services.publish(partner)
    index.drain()
    assert titles("oldname") == []
    assert sorted(titles("brandnew")) == ["Hosted", "Offered", "Together"]
    assert [each.title for each in index_engine().suggest("brandn", timezone.now())][:1] == ["Brandnew Trust"]


def test_a_suspended_partner_takes_its_offers_along(index: LiveIndex) -> None:
    opportunity = OpportunityFactory.create()
    index.drain()
    assert len(titles()) == 1
    partner_services.suspend(opportunity.offered_by, OfficerFactory.create(), "We are asking what happened.")
    index.drain()
    assert titles() == []
    assert index_engine().suggest("partner", timezone.now()) == ()
    partner_services.lift_suspension(opportunity.offered_by, OfficerFactory.create(), "All is well.")
    index.drain()
    assert len(titles()) == 1


def test_a_partner_that_nobody_confirmed_takes_its_offers_along_until_it_does(index: LiveIndex) -> None:
    partner = PartnerFactory.create(confirmed_on=timezone.localdate() - timedelta(days=300))
    OpportunityFactory.create(offered_by=partner)
    other = PartnerFactory.create(confirmed_on=timezone.localdate())
    OpportunityFactory.create(offered_by=other, hosted_by=partner)
    index.drain()
    assert len(titles()) == 2
    for number in (0, 28):
        with time_machine.travel(timezone.now() + timedelta(days=number)):
            remind_to_confirm(timezone.localdate())
    index.drain()
    assert titles() == []
    partner_services.confirm(partner)
    index.drain()
    assert len(titles()) == 2
    assert agrees()


def test_whoever_offers_it_too_is_named_only_while_the_public_sees_them(index: LiveIndex) -> None:
    other = PartnerFactory.create(name="Betaworks", kind="charity")
    OpportunityFactory.create(title="Together", with_partners=[other])
    index.drain()
    assert titles("betaworks") == ["Together"]
    partner_services.suspend(other, OfficerFactory.create(), "We are asking what happened.")
    index.drain()
    assert titles("betaworks") == []
    assert [hit.card.with_partners for hit in search(SearchCriteria()).hits] == [()]
    assert agrees()


def test_a_relabelled_term(index: LiveIndex) -> None:
    OpportunityFactory.create(title="Drawing", skills=["creativity"])
    index.drain()
    skill = term(FusionSkill, "creativity")
    skill.name = "Inventiveness"
    skill.save()
    index.drain()
    assert titles("inventiveness") == ["Drawing"]
    assert search(SearchCriteria()).hits[0].card.skills[0].name == "Inventiveness"


def test_a_session_that_fills_ends_or_goes(index: LiveIndex) -> None:
    session = SessionFactory.create(capacity=10)
    SessionFactory.create(opportunity=session.opportunity, in_days=30, capacity=5, taken=5)
    index.drain()
    assert len(titles(open_only=True)) == 1
    opportunity_services.set_places(session, capacity=10, taken=10)
    index.drain()
    assert titles(open_only=True) == []
    opportunity_services.set_places(session, capacity=12, taken=0)
    opportunity_services.delete_session(session)
    index.drain()
    assert search(SearchCriteria()).hits[0].card.later_dates == 0
    assert agrees()


def test_a_site_that_moves_gains_access_or_goes(index: LiveIndex) -> None:
    site = SiteFactory.create(postcode="EC2Y 8DS")
    OpportunityFactory.create(offered_by=site.partner, site=site)
    OpportunityFactory.create(offered_by=site.partner)
    index.drain()
    assert len(titles(borough=("city-of-london",))) == 2
    site.postcode = "E8 1HH"
    site.save()
    site.access_features.add(term(AccessFeature, "bsl"))
    index.drain()
    assert len(titles(borough=("hackney",))) == 2
    assert len(titles(access=("bsl",))) == 1
    site.delete()
    index.drain()
    assert titles(borough=("hackney",)) == []
    assert agrees()


def test_an_assurance_that_is_seen_lapses_or_goes(index: LiveIndex) -> None:
    opportunity = OpportunityFactory.create()
    needed = AssuranceRequirement.objects.filter(opportunity_kind="visit").values_list("assurance_kind", flat=True)
    seen = [AssuranceFactory.create(partner=opportunity.offered_by, kind=kind) for kind in needed]
    index.drain()
    assert search(SearchCriteria()).hits[0].card.documents_in_date
    seen[0].expires = timezone.localdate() - timedelta(days=1)
    seen[0].seen_on = seen[0].expires - timedelta(days=9)
    seen[0].save()
    index.drain()
    assert titles() == []
    # Without the lapsed document it is only unseen, which hides nothing.
    seen[0].delete()
    index.drain()
    assert len(titles()) == 1
    assert not search(SearchCriteria()).hits[0].card.documents_in_date


def test_a_safeguarding_decision(index: LiveIndex) -> None:
    opportunity = OpportunityFactory.create(kind="placement", under_16=True)
    index.drain()
    assert titles() == []
    decision = SafeguardingDecisionFactory.create(opportunity=opportunity)
    index.drain()
    assert len(titles()) == 1
    decision.delete()
    index.drain()
    assert titles() == []


def test_a_requirement_that_goes(index: LiveIndex) -> None:
    opportunity = OpportunityFactory.create()
    AssuranceFactory.create(
        partner=opportunity.offered_by, in_days=-1, seen_on=timezone.localdate() - timedelta(days=9)
    )
    index.drain()
    assert titles() == []
    AssuranceRequirement.objects.get(opportunity_kind="visit", assurance_kind="public_liability").delete()
    index.drain()
    assert len(titles()) == 1


def test_campaigns_families_and_partners_that_go(index: LiveIndex) -> None:
    campaign = CampaignFactory.create(name="Marvellous week")
    co_offering = PartnerFactory.create(name="Betaworks")
    OpportunityFactory.create(title="Left", campaign=campaign, with_partners=[co_offering], skills=["creativity"])
    OpportunityFactory.create(title="Gone", offered_by=co_offering)
    index.drain()
    assert titles("marvellous") == ["Left"]
    family = SkillFamily.objects.get(skills__slug="creativity")
    family.slug = "making"
    family.save()
    campaign.delete()
    co_offering.delete()
    index.drain()
    assert titles("marvellous") == titles("betaworks") == []
    assert titles() == ["Left"]
    assert search(SearchCriteria()).hits[0].card.skills[0].family == "making"
    assert agrees()


def test_deleted_ones_are_gone(index: LiveIndex) -> None:
    OpportunityFactory.create().delete()
    index.drain()
    assert titles() == []
    Partner.objects.all().delete()
    index.drain()
    assert agrees()
    assert index_engine().signatures() == {}


def test_synonyms_touch_no_document(index: LiveIndex) -> None:
    OpportunityFactory.create(title="Falcons")
    index.drain()
    Synonym.objects.create(words="birds of prey", equivalents="falcons")
    assert not Change.objects.exists()
    assert titles("birds of prey") == ["Falcons"]


@pytest.mark.parametrize("cause", ["expiry", "deadline", "last session", "document", "partner"])
def test_the_clock_alone_hides_at_once_and_the_drainer_clears_up(index: LiveIndex, cause: str) -> None:
    now = timezone.now()
    opportunity = OpportunityFactory.create(availability="dated" if cause == "last session" else "on_request")
    if cause == "expiry":
        opportunity.expire_at = now + timedelta(days=1)
    elif cause == "deadline":
        opportunity.deadline = timezone.localdate()
    elif cause == "last session":
        SessionFactory.create(opportunity=opportunity, in_days=1)
    elif cause == "document":
        AssuranceFactory.create(partner=opportunity.offered_by, in_days=0)
    else:
        opportunity.offered_by.expire_at = now + timedelta(days=1)
        opportunity.offered_by.save()
    opportunity.save()
    index.drain()
    assert len(titles()) == 1
    with time_machine.travel(now + timedelta(days=3), tick=False):
        assert titles() == []
        assert index.drain() > 0
        assert f"opportunity-{opportunity.pk}" not in index_engine().signatures()
        assert index.drain() == 0
        assert agrees()


def test_the_clock_moves_on_to_the_next_session(index: LiveIndex) -> None:
    first = SessionFactory.create(in_days=1)
    second = SessionFactory.create(opportunity=first.opportunity, in_days=8)
    index.drain()
    assert search(SearchCriteria()).hits[0].card.next_start == first.starts
    with time_machine.travel(first.ends + timedelta(minutes=1), tick=False):
        index.drain()
        assert search(SearchCriteria()).hits[0].card.next_start == second.starts
        assert agrees()

"""What the migrations fill in: the vocabularies, the boroughs, the neighbourhoods."""

import pytest

from taxonomy.models import (
    AccessFeature,
    Audience,
    Borough,
    FusionSkill,
    OutwardCode,
    Place,
    Recognition,
    Sector,
    SkillFamily,
    Subject,
    Term,
    Theme,
)

pytestmark = pytest.mark.django_db

FAMILIES = {
    "communicating": {"oral-communication", "written-communication", "collaboration"},
    "thinking": {"problem-solving", "critical-thinking", "analysis"},
    "organising": {"organisation", "initiative", "independence"},
    "creating": {"creativity", "adaptability", "resilience"},
}
AUDIENCES = ["early-years", "ks1", "ks2", "ks3", "ks4", "16-18", "adults", "send", "families", "educators"]
SLUGS: dict[type[Term], str] = {
    Sector: "construction-engineering health-care creative-design law finance-insurance technology-data "
    "science-laboratories food-hospitality public-service environment-green-work transport-logistics "
    "fashion-textiles performing-arts sport-leisure heritage-museums media-publishing",
    Theme: "environment-outdoor wellbeing oracy youth-voice families london-history digital-skills "
    "money-enterprise reading-stories world-cultures",
    Subject: "art-design business-economics citizenship computing dance design-technology drama english esol "
    "food-nutrition geography history languages mathematics media-studies music physical-education pshe "
    "religious-education science essential-skills",
    Recognition: "lotc-quality-badge arts-award artsmark disability-confident living-wage matrix",
    AccessFeature: "step-free accessible-toilet changing-place blue-badge-parking hearing-loop bsl captions "
    "large-print quiet-room relaxed-session seated-height sensory-kit low-noise scent-free",
}


def test_there_are_twelve_fusion_skills_each_with_its_family_and_definition() -> None:
    skills = FusionSkill.objects.select_related("family")
    assert skills.count() == 12
    assert {
        family.slug: {skill.slug for skill in family.skills.all()} for family in SkillFamily.objects.all()
    } == FAMILIES
    assert all(skill.definition.endswith(".") for skill in skills)
    assert all(skill.active for skill in skills)


def test_audiences_have_their_years_and_ages() -> None:
    assert list(Audience.objects.values_list("slug", flat=True)) == AUDIENCES
    years = {audience.slug: (audience.year_from, audience.year_to) for audience in Audience.objects.all()}
    assert years["early-years"][1] == 0
    assert years["ks1"] == (1, 2)
    assert years["ks2"] == (3, 6)
    assert years["ks3"] == (7, 9)
    assert years["ks4"] == (10, 11)
    assert years["16-18"] == (12, 13)
    under_18 = {audience.slug for audience in Audience.objects.filter(under_18=True)}
    assert {"early-years", "ks1", "ks2", "ks3", "ks4", "16-18"} <= under_18
    assert not under_18 & {"adults", "educators"}
    for audience in Audience.objects.all():
        audience.full_clean()


@pytest.mark.parametrize("vocabulary", SLUGS, ids=lambda model: model.__name__)
def test_a_vocabulary_is_complete(vocabulary: type[Term]) -> None:
    assert set(vocabulary._default_manager.values_list("slug", flat=True)) == set(SLUGS[vocabulary].split())


def test_each_access_feature_says_how_its_absence_is_said() -> None:
    assert all(feature.absent for feature in AccessFeature.objects.all())


def test_london_has_33_boroughs_by_their_national_codes() -> None:
    assert Borough.objects.count() == 33
    codes = set(Borough.objects.values_list("code", flat=True))
    assert codes == {f"E090000{number:02d}" for number in range(1, 34)}
    assert Borough.objects.get(code="E09000001").name == "City of London"
    assert Borough.objects.get(slug="tower-hamlets").name == "Tower Hamlets"


def test_outward_codes_know_their_borough_where_it_is_in_london() -> None:
    assert OutwardCode.objects.count() == 2997
    barbican = OutwardCode.objects.select_related("borough").get(code="EC2Y")
    assert barbican.borough is not None
    assert barbican.borough.name == "City of London"
    assert OutwardCode.objects.get(code="TR1").borough is None
    # Every borough has some, and a postcode in Walthamstow is in Waltham Forest.
    assert not Borough.objects.filter(outward_codes=None).exists()
    assert str(OutwardCode.objects.select_related("borough").get(code="E17")) == "E17 (Waltham Forest)"


def test_neighbourhoods_stand_for_outward_codes() -> None:
    assert Place.objects.count() == 286
    assert Place.objects.get(name="Walthamstow").outward_code_id == "E17"
    assert Place.objects.get(name="Barbican").outward_code_id == "EC2Y"

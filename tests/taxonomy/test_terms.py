"""Terms are chosen from the list and retired, never deleted; what is held stays held."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from opportunities.models import Opportunity
from partners.forms import PartnerForm
from partners.models import Partner
from taxonomy.forms import TermsField, offer_active_terms
from taxonomy.models import Audience, FusionSkill, Sector, SkillFamily, Theme
from tests.factories import OpportunityFactory, PartnerFactory, term

pytestmark = pytest.mark.django_db

VOCABULARIES = [FusionSkill, Audience, Sector, Theme]


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda model: model.__name__)
def test_a_term_cannot_be_deleted(vocabulary: type[Sector]) -> None:
    found = vocabulary._default_manager.first()
    assert found is not None
    with pytest.raises(ProtectedError, match="Untick “active” to retire it"), transaction.atomic():
        found.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        vocabulary._default_manager.filter(pk=found.pk).delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        vocabulary._default_manager.all().delete()
    assert vocabulary._default_manager.filter(pk=found.pk).exists()


def test_a_family_with_skills_cannot_be_deleted() -> None:
    with pytest.raises(ProtectedError):
        SkillFamily.objects.get(slug="creating").delete()


def test_a_term_gets_its_slug_from_its_first_name_and_keeps_it() -> None:
    craft = Sector.objects.create(name="Craft & Making")
    assert craft.slug == "craft-making"
    craft.name = "Making by hand"
    craft.save()
    craft.refresh_from_db()
    assert craft.slug == "craft-making"


def test_a_family_gets_its_slug_from_its_first_name_and_keeps_it() -> None:
    family = SkillFamily.objects.create(name="Caring for others")
    assert family.slug == "caring-for-others"
    family.name = "Caring"
    family.save()
    assert SkillFamily.objects.get(pk=family.pk).slug == "caring-for-others"


def test_the_bounds_of_an_audience_are_in_order() -> None:
    audience = Audience(name="Somebody", slug="somebody", age_from=14, age_to=12)
    with pytest.raises(ValidationError, match="highest age is below the lowest"):
        audience.full_clean()
    audience = Audience(name="Somebody", slug="somebody", year_from=9, year_to=7)
    with pytest.raises(ValidationError, match="highest year is below the lowest"):
        audience.full_clean()


def offered(field: TermsField) -> list[Any]:
    return [] if field.queryset is None else list(field.queryset)


class TestChoosing:
    """A retired term is not offered, except to what holds it."""

    def test_the_field_offers_active_terms_only(self) -> None:
        law = term(Sector, "law")
        assert law in offered(TermsField(Sector))
        Sector.objects.filter(pk=law.pk).update(active=False)
        assert law not in offered(TermsField(Sector))
        with pytest.raises(ValidationError):
            TermsField(Sector).clean([law.pk])

    def test_what_holds_it_may_keep_it(self) -> None:
        law, sport = term(Sector, "law"), term(Sector, "sport-leisure")
        Sector.objects.filter(pk__in=[law.pk, sport.pk]).update(active=False)
        field = TermsField(Sector)
        field.keep([law])
        assert set(field.clean([law.pk])) == {law}
        with pytest.raises(ValidationError):
            field.clean([law.pk, sport.pk])

    def test_only_choices_of_terms_are_narrowed(self) -> None:
        class Plain(PartnerForm):
            class Meta:
                model = Partner
                fields = ("name", "image")

        form = Plain(instance=Partner())
        image: Any = form.fields["image"]
        before = image.queryset
        offer_active_terms(form)
        assert image.queryset is before


def test_a_retired_term_stays_on_what_holds_it() -> None:
    opportunity = OpportunityFactory.create(skills={"creativity": "By drawing."}, themes=["oracy"])
    partner = PartnerFactory.create(sectors=["law"])
    for found in (term(FusionSkill, "creativity"), term(Theme, "oracy"), term(Sector, "law")):
        found.active = False
        found.save()
    again = Opportunity.objects.get(pk=opportunity.pk)
    assert [item.tag.slug for item in again.skill_items.all()] == ["creativity"]
    assert [found.slug for found in again.themes.all()] == ["oracy"]
    # Publishing a revision keeps them too.
    again.save_revision().publish()
    assert [item.practice for item in Opportunity.objects.get(pk=opportunity.pk).skill_items.all()] == ["By drawing."]
    partner.save_revision().publish()
    assert [found.slug for found in Partner.objects.get(pk=partner.pk).sectors.all()] == ["law"]


def test_terms_are_never_made_by_typing() -> None:
    """What is not an object of the list is refused: free tagging is off."""
    partner = PartnerFactory.create()
    before = Sector.objects.count()
    partner.sectors.add(term(Sector, "law"))
    partner.save()
    assert Sector.objects.count() == before

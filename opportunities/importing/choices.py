"""What may stand in the cells of a partner's table: for the template that it starts from."""

from __future__ import annotations

from opportunities.resources import PartnerOpportunityResource
from opportunities.resources.cells import AccessCell, ResidenceCell, SkillsCell, TimesCell
from opportunities.resources.record import TIMES
from partners.models import Partner, Site
from taxonomy.models import AccessFeature, Borough, FusionSkill, Term
from taxonomy.resources import ChoiceCell, Column, TermsCell, YesNoCell

from .template_files import Choice


def choices_for(partner: Partner) -> dict[str, list[Choice]]:
    """Heading -> what may stand in that column, for a partner."""
    found = {column.heading: _choices(column) for column in PartnerOpportunityResource.fields.values()}
    sites = Site.objects.filter(partner=partner).order_by("pk").values_list("name", flat=True)
    found["site"] = [Choice(name, "Your site") for name in sites]
    return {heading: choices for heading, choices in found.items() if choices}


def _choices(column: Column) -> list[Choice]:
    cell = column.widget
    if isinstance(cell, ChoiceCell):
        return [Choice(value, words) for value, words in cell.labels.items()]
    if isinstance(cell, YesNoCell):
        return [Choice("yes", ""), Choice("no", "")]
    if isinstance(cell, TermsCell):
        return _terms(cell.vocabulary)
    if isinstance(cell, SkillsCell):
        return _terms(FusionSkill)
    if isinstance(cell, AccessCell):
        return [Choice(f"{sign}{slug}", words) for sign in "+-" for slug, words in _terms(AccessFeature)]
    if isinstance(cell, TimesCell):
        return [Choice(name, "") for name in TIMES]
    if isinstance(cell, ResidenceCell):
        named = Borough.objects.order_by("name").values_list("name", flat=True)
        return [Choice("anywhere", ""), Choice("london", ""), *(Choice(name, "") for name in named)]
    return []


def _terms(vocabulary: type[Term]) -> list[Choice]:
    active = vocabulary._default_manager.filter(active=True).order_by("order", "name")
    return [Choice(slug, name) for slug, name in active.values_list("slug", "name")]

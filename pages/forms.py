"""Narrowing a campaign's programme."""

from typing import Any

from django import forms
from django.utils import timezone

from directory.words import day_words
from taxonomy.models import YEAR_NAMES

from .programme import Day, Item, Programme, by_day

FIRST_YEAR, LAST_YEAR = 5, 13


class ProgrammeForm(forms.Form):
    """By day, sector, school year and places; whatever does not fit a choice is left out with a message."""

    day = forms.ChoiceField(required=False, label="Day")
    sector = forms.ChoiceField(required=False, label="Sector")
    year = forms.TypedChoiceField(
        required=False,
        label="For",
        coerce=int,
        empty_value=None,
        choices=[("", "All years"), *((year, YEAR_NAMES[year]) for year in range(FIRST_YEAR, LAST_YEAR + 1))],
    )
    places = forms.ChoiceField(required=False, label="Places", choices=[("", "Any"), ("left", "Places left")])

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [(found.day.isoformat(), day_words(found.day, timezone.localdate())) for found in programme.days]
        sectors = [(row.slug, row.name) for row in sorted(programme.range, key=lambda row: row.name)]
        self.fields["day"].choices = [("", "All days"), *days]  # type: ignore[attr-defined]
        self.fields["sector"].choices = [("", "All sectors"), *sectors]  # type: ignore[attr-defined]

    def narrow(self, programme: Programme) -> list[Day]:
        """The days and sessions that fit what was chosen; a choice that does not exist narrows nothing."""
        if not self.is_bound:
            return programme.days
        self.is_valid()
        return by_day(item for item in programme.items if self._fits(item))

    def _fits(self, item: Item) -> bool:
        chosen = self.cleaned_data
        if chosen.get("day") and item.day.isoformat() != chosen["day"]:
            return False
        if chosen.get("sector") and chosen["sector"] not in {slug for slug, _ in item.sectors}:
            return False
        if chosen.get("year") is not None and not item.is_for_year(chosen["year"]):
            return False
        return not (chosen.get("places") and item.places_left == 0)

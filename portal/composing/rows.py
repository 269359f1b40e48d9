"""Sets of rows that somebody types: a few empty ones wait, a row left empty is left out.

Rows carry no numbers: what stands on the page is the whole set, so that there is nothing in it to tamper with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model

from opportunities.models import Opportunity, OpportunityAccess, OpportunitySkill, Pathway, TimetableItem
from opportunities.selectors import public
from opportunities.steps import SETS

from .choices import Choices, chosen
from .dress import dress
from .words import ROWS

MODELS: Mapping[str, type[Model]] = {
    "timetable": TimetableItem,
    "skill_items": OpportunitySkill,
    "access": OpportunityAccess,
    "leads_to": Pathway,
}
# How many rows wait empty on a page that holds none, and how many there may be.
EMPTY = {"timetable": 3, "skill_items": 2, "access": 3, "leads_to": 1}
MOST = {"timetable": 24, "skill_items": 6, "access": 30, "leads_to": 6}
ONLY_ONCE = {
    "skill_items": ("tag", "This skill stands here twice. Leave it once."),
    "access": ("feature", "This feature stands here twice. Leave it once."),
    "leads_to": ("target", "This stands here twice. Leave it once."),
}
ITSELF = "An opportunity cannot lead to itself. Choose another."
MISSING = {
    ("timetable", "when"): "Say when: a time like 10.30, or Day 1, or Week 2.",
    ("timetable", "title"): "Say what happens then.",
    ("skill_items", "tag"): "Choose the skill that this is about.",
    ("access", "feature"): "Choose the feature that this is about.",
}
PRESENT = (("yes", "It is there"), ("no", "It is missing"))


class OpportunityAddressField(forms.CharField):
    """The address or the number of a public opportunity, as one copies it from its page."""

    def __init__(self) -> None:
        super().__init__(max_length=300, required=False)

    def clean(self, value: Any) -> Opportunity | None:
        """The opportunity, None if nothing was typed. Raises ValidationError unless the public sees it."""
        text = super().clean(value)
        if not text:
            return None
        found = re.fullmatch(r"(?:.*/opportunities/)?([0-9]{1,18})(?:[-/].*)?", text)
        opportunity = public().filter(pk=found[1]).first() if found else None
        if opportunity is None:
            raise forms.ValidationError("Paste the address of an opportunity’s public page, as your browser shows it.")
        return opportunity


class RowForm(forms.Form):
    """One row. All of it may be empty; then it is not there."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def clean(self) -> dict[str, Any]:
        """Asks for what a row that is begun must say."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for (name, field), message in MISSING.items():
            begun = any(value not in (None, "") for key, value in cleaned.items() if key != "present")
            if name == self.set_name and begun and field not in self.errors and cleaned.get(field) in (None, ""):
                self.add_error(field, message)
        if cleaned.get("address") is not None:
            cleaned["target"] = cleaned["address"]
        return cleaned

    set_name = ""


class RowsFormSet(forms.BaseFormSet):
    """All rows of one set."""

    set_name = ""
    itself: int | None = None

    def clean(self) -> None:
        """Raises nothing, but marks the second of two rows that name the same."""
        if self.set_name not in ONLY_ONCE:
            return
        field, message = ONLY_ONCE[self.set_name]
        seen: set[Any] = set()
        for form in self.forms:
            value = form.cleaned_data.get(field) if hasattr(form, "cleaned_data") else None
            if value is not None and value in seen:
                form.add_error(field, message)
            if self.set_name == "leads_to" and value is not None and value.pk == self.itself:
                form.add_error("address", ITSELF)
            seen.add(value)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What the rows that say something say, in their order."""
        names = SETS[self.set_name]
        found = [{name: form.cleaned_data.get(name) for name in names} for form in self.forms]
        return [row for row in found if row[names[0]] not in (None, "")]


@dataclass(frozen=True)
class Given:
    """What a page of rows needs: the draft that holds them, and what may be chosen."""

    draft: Opportunity
    choices: Choices


def _fields(name: str, given: Given) -> dict[str, forms.Field]:
    held = getattr(given.draft, name).all()
    if name == "timetable":
        return {
            "when": forms.CharField(max_length=20, required=False),
            "title": forms.CharField(max_length=100, required=False),
            "text": forms.CharField(max_length=1000, required=False),
        }
    if name == "skill_items":
        return {
            "tag": chosen(given.choices.skills(row.tag_id for row in held), empty="No skill"),
            "practice": forms.CharField(max_length=200, required=False),
        }
    if name == "access":
        return {
            "feature": chosen(given.choices.features(row.feature_id for row in held), empty="No feature"),
            "present": forms.ChoiceField(choices=PRESENT, required=False, initial="yes"),
            "note": forms.CharField(max_length=150, required=False),
        }
    return {
        "target": chosen(given.choices.targets(given.draft), empty="None of these", label=_title_and_partner),
        "address": OpportunityAddressField(),
    }


def _title_and_partner(opportunity: Any) -> str:
    return f"{opportunity.title} ({opportunity.get_kind_display().lower()})"


def rows_of(name: str, given: Given, data: Any = None, *, more: int = 0) -> RowsFormSet:
    """The rows of a set as a page shows them, or as they were sent in `data`; `more` empty ones than usual."""
    fields = _fields(name, given)
    for field, label in ROWS[name][2].items():
        fields[field].label = label
    row = type("Row", (RowForm,), {**fields, "set_name": name})
    initial = [_initial(name, each) for each in getattr(given.draft, name).all()]
    extra = max(EMPTY[name] - len(initial), 1) + more
    formset: Any = forms.formset_factory(
        row,
        formset=RowsFormSet,
        extra=min(extra, MOST[name]),
        max_num=MOST[name],
        absolute_max=MOST[name] + 10,
        validate_max=True,
    )
    formset.set_name, formset.itself = name, given.draft.pk
    made: RowsFormSet = formset(data, initial=initial, prefix=name, auto_id="%s")
    return made


def _initial(name: str, row: Any) -> dict[str, Any]:
    if name == "access":
        return {"feature": row.feature_id, "present": "yes" if row.present else "no", "note": row.note}
    keys = {"tag": "tag_id", "target": "target_id"}
    return {field: getattr(row, keys.get(field, field)) for field in SETS[name]}


def set_rows(name: str, draft: Opportunity, rows: list[dict[str, Any]]) -> None:
    """Makes a draft hold these rows and no others; rows that stand already are left alone."""
    if name == "access":
        rows = [row | {"present": row["present"] != "no"} for row in rows]
    held = [{field: getattr(row, field) for field in SETS[name]} for row in getattr(draft, name).all()]
    if held == rows:
        return
    model: Any = MODELS[name]
    ordered = name != "skill_items"
    getattr(draft, name).set(
        [model(**row, **({"sort_order": number} if ordered else {})) for number, row in enumerate(rows)]
    )

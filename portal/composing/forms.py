"""One step of describing an opportunity, and its beginning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files import File
from django.core.validators import MaxLengthValidator
from modelcluster.forms import ClusterForm

from opportunities.kinds import STRAND_OF, Kind, Strand
from opportunities.models import Opportunity
from opportunities.requirements import ALWAYS_REQUIRED, QUESTIONS
from opportunities.steps import STEPS, Step, step_of
from partners.models import Partner
from portal.forms.details import PartForm, PictureField
from taxonomy.forms import ChoosesTerms, OutwardCodeField, SeveralField, TermsField
from taxonomy.models import Audience, Borough, Sector, Subject, Theme

from .choices import Choices, chosen
from .dress import dress
from .rows import Given, RowsFormSet, rows_of, set_rows
from .words import WHAT_EACH_IS, words_for

# How much may be typed into fields that the database does not bound, in characters.
LONGEST = {"description": 6000, "tasks": 3000, "access_route": 3000}
RADIOS = ("placement_type", "format", "place", "availability", "cost", "funded", "eligible_residence")
YES_NO = (("True", "Yes"), ("False", "No"))
ASKED = tuple(dict.fromkeys(name for steps in STEPS.values() for step in steps for name in step.fields))
# A picture is sent as a file, or taken away.
PICTURE = "image"
NUMBERS = (forms.IntegerField, forms.DecimalField)
# What need not be written now: a draft may be unfinished. Only its title is asked for at once.
NEEDED_AT_ONCE = frozenset({"title"})
# Choices of which one is always taken.
ALWAYS_SAID = frozenset({"format", "place", "availability", "cost", "eligible_employment", "eligible_residence"})


def _answer(value: str) -> bool:
    return value == "True"


class NumberInput(forms.TextInput):
    """A number as people type it: with a pound sign, spaces or commas between thousands."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was typed, without them."""
        value = super().value_from_datadict(data, files, name)
        return value.translate(str.maketrans("", "", "£, ")) if isinstance(value, str) else value


class StepForm(PartForm, ClusterForm, ChoosesTerms):
    """The fields and rows of one step, on the latest draft. Unfinished is fine; what contradicts itself is not."""

    audiences = TermsField(Audience)
    sectors = TermsField(Sector)
    themes = TermsField(Theme)
    subjects = TermsField(Subject)
    eligible_boroughs = SeveralField(Borough.objects.all(), required=False)
    outward_code = OutwardCodeField(required=False)
    picture = PictureField(required=False)
    no_picture = forms.BooleanField(required=False)

    class Meta:
        model = Opportunity
        fields = tuple(name for name in ASKED if name != PICTURE)
        formsets: tuple[str, ...] = ()

    def __init__(
        self, data: Any = None, files: Any = None, *, draft: Opportunity, partner: Partner, step: Step, more: str = ""
    ) -> None:
        whole: dict[str, Any] = {"instance": draft}
        super().__init__(data, files, **whole)
        self.use_required_attribute = False
        self.auto_id = "%s"
        self.step, self.partner = step, partner
        self.elsewhere = {}
        asked = [shown for name in step.fields for shown in self.shown_for(name)]
        for name in set(self.fields) - set(asked):
            del self.fields[name]
        self.order_fields(asked)
        self._choose()
        for name, field in self.fields.items():
            self._reword(name, field)
        self.keep_held_terms(draft)
        dress(self)
        given = Given(draft, self.choices)
        self.sets: dict[str, RowsFormSet] = {
            name: rows_of(name, given, data, more=1 if more == name else 0) for name in step.sets
        }

    def shown_for(self, name: str) -> tuple[str, ...]:
        """The fields of the form in which a field of the draft is asked for."""
        if name != PICTURE:
            return (name,)
        return ("picture", "no_picture") if self.instance.image_id else ("picture",)

    def _choose(self) -> None:
        """Offers only what this partner may choose."""
        self.choices = Choices(self.partner)
        draft = self.instance
        if {"hosted_by", "site"} & set(self.fields):
            self._choose_place(self.choices.hosts(draft))
        if "campaign" in self.fields:
            campaigns = self.choices.campaigns(draft)
            self.fields["campaign"] = chosen(campaigns, empty="No")
            if not campaigns:
                del self.fields["campaign"]
        for name in QUESTIONS:
            if name in self.fields:
                self.fields[name] = forms.TypedChoiceField(
                    choices=YES_NO, coerce=_answer, empty_value=None, required=False, widget=forms.RadioSelect
                )

    def _choose_place(self, hosts: list[Partner]) -> None:
        if "site" in self.fields:
            sites = self.choices.sites(self.instance, hosts)
            self.fields["site"] = chosen(sites, empty="None of these", label=self._site_words)
        if "hosted_by" in self.fields:
            self.fields["hosted_by"] = chosen(hosts, empty=f"{self.partner.name} itself")
            if not hosts:
                del self.fields["hosted_by"]

    def _site_words(self, site: Any) -> str:
        mine = site.partner_id == self.partner.pk
        return str(site) if mine else f"{site} ({site.partner.name})"

    def _reword(self, name: str, field: forms.Field) -> None:
        field.label, field.help_text = words_for(self.instance.kind, name)
        field.required = name in NEEDED_AT_ONCE or name in ALWAYS_SAID
        field.error_messages["required"] = ALWAYS_REQUIRED.get(name, "Choose one of these.")
        if isinstance(field, NUMBERS):
            numeric = "decimal" if isinstance(field, forms.DecimalField) else "numeric"
            field.widget = NumberInput(attrs={"inputmode": numeric, "autocomplete": "off"})
        elif name in RADIOS:
            choices = [choice for choice in field.choices if choice[0] != ""]  # type: ignore[attr-defined]  # a choice
            field.widget = forms.RadioSelect()
            field.choices = choices  # type: ignore[attr-defined]
        elif isinstance(field, forms.DateField):
            field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        elif isinstance(field, forms.ChoiceField) and not field.required:
            choices = list(field.choices)  # type: ignore[arg-type]  # pairs, in any choice of ours
            field.choices = [
                (key, label.strip("-") or "Not said yet") if key == "" else (key, label) for key, label in choices
            ]
        if name in LONGEST:
            field.validators.append(MaxLengthValidator(LONGEST[name]))

    def is_valid(self) -> bool:
        """Whether fields and rows can be kept, and the whole draft with them."""
        sets_are_valid = [rows.is_valid() for rows in self.sets.values()]
        return super().is_valid() and all(sets_are_valid)

    def written(self) -> Opportunity:
        """The draft with what was typed. Writes nothing; call it once the form is valid."""
        draft: Opportunity = self.save(commit=False)
        if self.cleaned_data.get("no_picture"):
            draft.image = None
        for name, rows in self.sets.items():
            set_rows(name, draft, rows.rows)
        return draft

    @property
    def chosen_picture(self) -> File[bytes] | None:
        """The picture that was sent along."""
        file: File[bytes] | None = self.cleaned_data.get("picture")
        return file

    def problems(self) -> Iterator[tuple[str, str]]:
        """The id of what is to be mended, with the message, in the order of the page."""
        for name, messages in self.errors.items():
            if name == "__all__":
                yield from (("form", str(message)) for message in messages)
        for name in self.step.names:
            if name in self.sets:
                yield from self._row_problems(self.sets[name])
                continue
            for shown in self.shown_for(name):
                if shown in self.errors:
                    yield self[shown].id_for_label or f"{shown}_0", str(self.errors[shown][0])

    @staticmethod
    def _row_problems(rows: RowsFormSet) -> Iterator[tuple[str, str]]:
        yield from ((str(rows.prefix), str(message)) for message in rows.non_form_errors())
        for row in rows.forms:
            for name, messages in row.errors.items():
                if name in row.fields:
                    yield row[name].id_for_label or f"{row[name].auto_id}_0", str(messages[0])

    def other_steps(self) -> list[tuple[Step | None, str]]:
        """What other steps say that cannot be: where, and what to do."""
        return [(step_of(self.instance.kind, name), message) for name, message in self.elsewhere.items()]


class BeginForm(forms.Form):
    """What it is to be: a kind and a title."""

    kind = forms.ChoiceField(
        label="What do you want to offer?",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you want to offer.", "invalid_choice": "Choose one of the twelve."},
    )
    title = forms.CharField(
        label="What will it be called?",
        max_length=120,
        help_text="You can change it later.",
        error_messages={"required": "Give it a title. You can change it later."},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        dress(self)

    def problems(self) -> list[tuple[str, str]]:
        """The id of what is to be mended, with the message."""
        ids = {"kind": "kind_0"}
        return [(ids.get(name, name), str(messages[0])) for name, messages in self.errors.items()]

    def by_strand(self) -> list[tuple[str, list[tuple[int, str, str, str]]]]:
        """Strand -> its kinds: the place among the choices, value, label, and what it is."""
        return [
            (
                strand.label,
                [
                    (number, kind.value, kind.label, WHAT_EACH_IS[kind])
                    for number, kind in enumerate(Kind)
                    if STRAND_OF[kind] is strand
                ],
            )
            for strand in Strand
        ]

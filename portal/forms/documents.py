"""Sending a document."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from directory.forms import DATE_FORMATS
from partners.documents.reading.refusal import Refusal
from partners.documents.services import check_last_day
from partners.models import AssuranceKind


class Choice(NamedTuple):
    """What somebody may send: its name in the form, which assurance it shows, what it is called, a hint."""

    value: str
    kind: AssuranceKind
    label: str
    hint: str = ""
    is_letter: bool = False


CHOICES = (
    Choice("public_liability", AssuranceKind.PUBLIC_LIABILITY, "Public liability insurance: the certificate"),
    Choice("employers_liability", AssuranceKind.EMPLOYERS_LIABILITY, "Employers’ liability insurance: the certificate"),
    Choice(
        "insurers_letter",
        AssuranceKind.EMPLOYERS_LIABILITY,
        "The insurer’s letter that covers pupils on work experience",
        is_letter=True,
    ),
    Choice("safeguarding_policy", AssuranceKind.SAFEGUARDING_POLICY, "Safeguarding policy"),
    Choice(
        "vetting",
        AssuranceKind.VETTING,
        "How adults are vetted: a statement",
        hint="Who is checked, at which level, and how often. Never a DBS certificate, and no numbers of certificates.",
    ),
    Choice("risk_assessment", AssuranceKind.RISK_ASSESSMENT, "Risk assessment, or significant risks stated"),
)
BY_VALUE = {choice.value: choice for choice in CHOICES}


class DayInput(forms.DateInput):
    """A day, chosen from the browser's calendar or typed; shown again as browsers want it."""

    input_type = "date"


class DocumentForm(forms.Form):
    """What it is, the file, and until when it holds."""

    what = forms.ChoiceField(
        choices=[(choice.value, choice.label) for choice in CHOICES],
        error_messages={"required": "Choose what it is.", "invalid_choice": "Choose what it is from the list."},
    )
    file = forms.FileField(
        label="The file",
        error_messages={
            "required": "Choose a file, or take a photograph.",
            "empty": "This file is empty. Choose it again.",
            "invalid": "Choose a file, or take a photograph.",
        },
    )
    expires = forms.DateField(
        label="The last day on which it holds",
        required=False,
        input_formats=DATE_FORMATS,
        widget=DayInput,
        error_messages={"invalid": "Type the date like 8/12/2026, or choose it from the calendar."},
    )

    def clean(self) -> dict[str, Any]:
        """Says what is wrong with the last day together with what else is to be mended."""
        cleaned = super().clean() or self.cleaned_data
        choice = BY_VALUE.get(cleaned.get("what", ""))
        if choice is not None and "expires" in cleaned:
            try:
                check_last_day(choice.kind, cleaned["expires"])
            except ValidationError as problem:
                self.add_error(None, problem)
        return cleaned

    def refuse(self, problem: Refusal | ValidationError) -> None:
        """Says beside its field why nothing was kept."""
        self.add_error("file" if isinstance(problem, Refusal) else None, _as_error(problem))

    @property
    def choice(self) -> Choice:
        """What was chosen, of a form that is valid."""
        return BY_VALUE[self.cleaned_data["what"]]

    @property
    def chosen(self) -> str:
        """What the list shows as chosen."""
        return str(self["what"].value() or "")

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The ids of fields with their messages, for the summary."""
        return [(_id_of(name), str(errors[0])) for name, errors in self.errors.items()]

    @property
    def file_again(self) -> bool:
        """Whether the file must be chosen again, since browsers forget it: something else is to be mended."""
        return self.is_bound and bool(self.errors) and "file" not in self.errors

    def last_day(self) -> date | None:
        """The last day, of a form that is valid."""
        day: date | None = self.cleaned_data["expires"]
        return day


def _as_error(problem: Refusal | ValidationError) -> Any:
    return ValidationError(problem.words) if isinstance(problem, Refusal) else problem


def _id_of(name: str) -> str:
    return "what_0" if name == "what" else "main" if name == "__all__" else name

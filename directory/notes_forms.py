"""What visitors write to officers: notes of what is missing, and reports of problems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict

from directory.models import ProblemReport, WantedNote
from taxonomy.models import Audience

LONGEST_EMAIL = 254


class WordsField(forms.CharField):
    """A text that somebody types. A character that no database keeps is left out rather than refused."""

    def __init__(self, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Not `max_length`, which has browsers cut off what is pasted, without a word.
        self.validators.append(
            MaxLengthValidator(longest, f"Shorten this to {longest} characters: it has %(show_value)d.")
        )

    def to_python(self, value: Any) -> str:
        """The text without what cannot be kept."""
        return str(super().to_python(str(value or "").replace("\x00", "")))


class FromVisitorForm(forms.Form):
    """What both have: an address to answer to if they like, and a field that people do not see and robots fill in."""

    homepage = forms.CharField(required=False)
    email = forms.EmailField(
        label="Your e-mail address (optional)",
        required=False,
        max_length=LONGEST_EMAIL,
        error_messages={"invalid": "Type the whole address, like name@example.org, or leave this empty."},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, data: QueryDict | None = None, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="%s")

    @property
    def by_a_robot(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.data.get("homepage"))

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is to be mended, in the order of the form: the id of the field, the message."""
        # The first of the radio buttons has the id of its own number.
        first = {"kind": "kind_0"}
        return [(first.get(field.name, field.name), str(message)) for field in self for message in field.errors]


class WantedForm(FromVisitorForm):
    """What somebody looked for and did not find."""

    field_order = ("what", "audience", "when", "email")
    what = WordsField(
        WantedNote._meta.get_field("what").max_length or 0,
        label="What are you looking for?",
        error_messages={"required": "Say what you are looking for."},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    audience: forms.ModelChoiceField[Audience] = forms.ModelChoiceField(
        Audience.objects.filter(active=True),
        label="Who is it for? (optional)",
        required=False,
        empty_label="Anybody, or several of these",
        error_messages={"invalid_choice": "Choose one from the list."},
    )
    when = WordsField(
        WantedNote._meta.get_field("when").max_length or 0,
        label="When? (optional)",
        required=False,
    )


class ProblemForm(FromVisitorForm):
    """What is wrong with an opportunity or a partner."""

    field_order = ("kind", "what", "email")
    kind = forms.ChoiceField(
        label="What kind of problem is it?",
        choices=ProblemReport.Kind.choices,
        error_messages={
            "required": "Choose what kind of problem it is.",
            "invalid_choice": "Choose one from the list.",
        },
        widget=forms.RadioSelect,
    )
    what = WordsField(
        ProblemReport._meta.get_field("what").max_length or 0,
        label="What is wrong?",
        error_messages={"required": "Say what is wrong."},
        widget=forms.Textarea(attrs={"rows": 5}),
    )

"""What somebody types who wants to come in: a partner, or somebody who works at a school."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from directory.notes_forms import LONGEST_EMAIL, WordsField
from partners.applications import public_candidates
from partners.likeness import Candidate
from partners.models import Partner, PartnerApplication, PartnerMembership
from schools.models import SchoolMembership
from taxonomy.postcodes import parse_postcode
from taxonomy.validators import validate_full_postcode

NEW = "new"
LOOKS_LIKE_YOU = (
    "the partner that looks",
    *(f"one of the {number} partners that look" for number in ("two", "three", "four", "five")),
)
#: In a name these lead somewhere: a message that repeats the name would carry them to whoever reads it.
LEADS_AWAY = re.compile(r"[@/\\<>]|www\.|https?:|\n|\.\w{2,}\b", re.IGNORECASE)
#: Departments of the City are invited.
KINDS = [(kind.value, kind.label) for kind in Partner.Kind if kind != Partner.Kind.DEPARTMENT]


class NameField(WordsField):
    """A person's name, and nothing else."""

    def clean(self, value: Any) -> str:
        """The name in one line. Raises ValidationError for what leads to another place."""
        name = " ".join(str(super().clean(value)).split())
        if LEADS_AWAY.search(name):
            raise ValidationError("Type the name only, without addresses.")
        return name


class PostcodeField(WordsField):
    """A full postcode that exists, as it is written."""

    def clean(self, value: Any) -> str:
        """The postcode. Raises ValidationError."""
        typed = str(super().clean(value))
        try:
            validate_full_postcode(typed)
        except ValidationError as error:
            raise ValidationError("Enter a postcode, like E1 1AA.") from error
        return str(parse_postcode(typed))


def work_email(label: str) -> forms.EmailField:
    """An e-mail address that must be there."""
    return forms.EmailField(
        label=label,
        max_length=LONGEST_EMAIL,
        error_messages={
            "required": "Type the e-mail address.",
            "invalid": "Type the whole address, like name@example.org.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class JoiningForm(forms.Form):
    """A form with a field that people do not see and robots fill in."""

    homepage = forms.CharField(required=False)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="%s")

    @property
    def by_a_robot(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.data.get("homepage"))

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is to be mended, in the order of the form: the id of the field, the message."""
        several = (forms.RadioSelect, forms.CheckboxSelectMultiple)
        found = [("main", str(message)) for message in self.non_field_errors()]
        for field in self:
            first = f"{field.name}_0" if isinstance(field.field.widget, several) else field.name
            found += [(first, str(message)) for message in field.errors]
        return found


class PartnerApplicationForm(JoiningForm):
    """Who you are, whether you are here already, who we write to, and what you would offer."""

    field_order = ("kind", "name", "website", "postcode", "same", "person_name", "email", "telephone", "offers", "idea")
    kind = forms.ChoiceField(
        label="What kind of partner are you?",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what kind of partner you are.",
            "invalid_choice": "Choose one from the list.",
        },
    )
    name = WordsField(
        Partner._meta.get_field("name").max_length or 0,
        label="Name that schools will see",
        error_messages={"required": "Type the name of your organisation, or your own if you work alone."},
    )
    website = forms.URLField(
        label="Website, if there is one",
        required=False,
        assume_scheme="https",
        max_length=200,
        widget=forms.TextInput,
        error_messages={
            "invalid": "Check the address of the website, like museum.example.org.",
            "max_length": "Shorten the address to 200 characters.",
        },
    )
    postcode = PostcodeField(
        20,
        label="Postcode of your main site",
        error_messages={"required": "Enter a postcode, like E1 1AA."},
    )
    same = forms.CharField(required=False, widget=forms.RadioSelect)
    person_name = NameField(100, label="Your name", error_messages={"required": "Type your name."})
    email = work_email("Work e-mail")
    telephone = WordsField(30, label="Telephone", error_messages={"required": "Type a telephone number."})
    offers = forms.MultipleChoiceField(
        label="Choose any",
        choices=PartnerApplication.Offer.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Choose from the list."},
    )
    idea = WordsField(
        500,
        label="In a sentence or two, what would people do with you?",
        error_messages={"required": "Say in a sentence or two what people would do with you."},
        widget=forms.Textarea,
    )
    may_speak = forms.BooleanField(
        label="I may speak for this organisation",
        error_messages={"required": "Tick that you may speak for this organisation, or ask somebody who may to apply."},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.candidates: tuple[Candidate, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Compares with the partners that are here, and asks which of them it is, if any looks alike."""
        said = self.cleaned_data
        name = said.get("name", "")
        self.candidates = public_candidates(name, said.get("website", ""), said.get("postcode", "")) if name else ()
        if self.candidates and said.get("same") not in {NEW, *(str(one.key) for one in self.candidates)}:
            which = LOOKS_LIKE_YOU[len(self.candidates) - 1]
            self.add_error("same", f"Choose {which} like you, or say that you are new.")
        return said

    @property
    def application(self) -> PartnerApplication:
        """What was said, to be kept."""
        said = self.cleaned_data
        fields = ("kind", "name", "website", "postcode", "person_name", "email", "telephone", "offers", "idea")
        chosen = said["same"] if self.candidates else NEW
        return PartnerApplication(
            **{name: said[name] for name in fields}, same_as_id=None if chosen == NEW else int(chosen)
        )


def roles_field() -> forms.MultipleChoiceField:
    """What somebody does at a school."""
    return forms.MultipleChoiceField(
        label="What do you do there?",
        choices=SchoolMembership.Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one role.", "invalid_choice": "Choose from the list."},
    )


class StaffApplicationForm(JoiningForm):
    """Who says that they work at a school, and as what."""

    first_name = NameField(60, label="First name", error_messages={"required": "Type your first name."})
    last_name = NameField(60, label="Last name", error_messages={"required": "Type your last name."})
    email = work_email("Your work e-mail at the school")
    roles = roles_field()


class InvitePersonForm(JoiningForm):
    """Whom an owner invites, and as what."""

    email = work_email("E-mail address of the person")
    role = forms.ChoiceField(
        label="What may they do?",
        choices=[
            (PartnerMembership.Role.MEMBER.value, "Member: publishes and answers"),
            (PartnerMembership.Role.OWNER.value, "Owner: does that, and says who belongs to it"),
        ],
        initial=PartnerMembership.Role.MEMBER.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they may do.", "invalid_choice": "Choose one from the list."},
    )


class InviteColleagueForm(JoiningForm):
    """Whom somebody of a school invites, and in which roles."""

    email = work_email("E-mail address of your colleague")
    roles = roles_field()

    def __init__(self, data: QueryDict | None = None, *, may_name_dsl: bool) -> None:
        super().__init__(data)
        roles = cast("forms.MultipleChoiceField", self.fields["roles"])
        roles.label = "What do they do at the school?"
        dsl = SchoolMembership.Role.DSL
        self.role_choices = [each for each in SchoolMembership.Role.choices if may_name_dsl or each[0] != dsl]
        roles.choices = self.role_choices


class RolesForm(JoiningForm):
    """The roles in which a colleague is confirmed."""

    roles = roles_field()


class RoleForm(forms.Form):
    """The role that somebody gets at a partner."""

    role = forms.ChoiceField(choices=PartnerMembership.Role.choices)

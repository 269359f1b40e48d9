"""What a partner's people write about it: its page, its sites, whom to ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files.uploadedfile import UploadedFile
from modelcluster.forms import ClusterForm
from wagtail.images.fields import WagtailImageField

from partners.aspects import Aspect
from partners.models import Contact, Partner, Site
from taxonomy.forms import ChoosesTerms, SeveralField, TermsField, offer_active_terms
from taxonomy.models import AccessFeature, Sector

#: A telephone takes pictures of so many pixels; larger ones are slow to draw small.
MOST_PIXELS = 50_000_000
PICTURE_HINT = "JPEG, PNG, WebP or AVIF, up to 10 MB. No picture of a child. Without one, your initials stand there."
PICTURE = "Choose a JPEG, PNG, WebP or AVIF picture of at most 10 MB."


class PictureField(WagtailImageField):
    """A picture, known by its content rather than its name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_image_pixels = MOST_PIXELS
        self.widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"})

    def to_python(self, data: Any) -> Any:
        """The picture. Raises ValidationError, in words that say what to do."""
        try:
            return super().to_python(data)
        except ValidationError as error:
            raise ValidationError(f"This is not a picture that we can use. {PICTURE}", "invalid_image") from error


class PortalForm(forms.BaseForm):
    """A form of the portal: what is to be mended is told in a summary and by each field."""

    #: What is said of a field that must not be empty any more, where a service asks for it.
    missing: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s"} | kwargs)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is to be mended, in the order of the form: the id of the field, the message."""
        found = [("main", str(message)) for message in self.non_field_errors()]
        return found + [(field.name, str(message)) for field in self for message in field.errors]

    def take(self, error: ValidationError) -> None:
        """Shows what a service refused, by its field where the form has one."""
        by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, messages in by_field.items():
            for message in [self.missing[name]] if name in self.missing else messages:
                self.add_error(name if name in self.fields else None, message)


class PartForm(forms.BaseModelForm[Any]):
    """A form over some fields of a draft: what the whole contradicts in others is kept apart, as there is no field for it.

    Set `elsewhere`, messages by the name of their field, before it is checked.
    """

    elsewhere: dict[str, str]

    def set_aside(self, errors: ValidationError) -> None:
        """Takes what is about fields that are not here out of the errors."""
        for name in [name for name in errors.error_dict if name not in {*self.fields, NON_FIELD_ERRORS}]:
            self.elsewhere[name] = errors.error_dict.pop(name)[0].messages[0]

    def _update_errors(self, errors: ValidationError) -> None:
        if hasattr(errors, "error_dict"):
            self.set_aside(errors)
            if not errors.error_dict:
                return
        super()._update_errors(errors)  # type: ignore[misc]  # Django's own, not in the stubs

    def is_valid(self) -> bool:
        """Whether its fields can be kept, and the whole draft with them."""
        return super().is_valid() and not self.elsewhere


class PageForm(PortalForm, ChoosesTerms, ClusterForm):
    """A partner's own page, as a draft: only the name must be there before it is sent to the officers."""

    sectors = TermsField(Sector, label="Sectors")
    picture = PictureField(label="Picture or logo (optional)", required=False)
    no_picture = forms.BooleanField(label="Show no picture", required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    missing: ClassVar = {"summary": "Say in one sentence what you are or do. It stands on every card of yours."}

    class Meta:
        model = Partner
        fields = ("name", "kind", "has_employees", "summary", "description", "website", "email", "telephone", "sectors")
        formsets: ClassVar[list[str]] = []
        labels: ClassVar = {
            "name": "Name",
            "kind": "What you are",
            "has_employees": "We employ people",
            "summary": "In one sentence",
            "description": "What you do",
            "website": "Website (optional)",
            "email": "E-mail address for the public (optional)",
            "telephone": "Telephone for the public (optional)",
        }
        error_messages: ClassVar = {
            "name": {"required": "Type the name of your organisation."},
            "kind": {"required": "Choose what you are.", "invalid_choice": "Choose one from the list."},
            "website": {"invalid": "Type the whole address of your website, like https://example.org."},
            "email": {"invalid": "Type a whole e-mail address, like hello@example.org."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keep_held_terms(self.instance)
        self.fields["summary"].required = False
        self.fields["website"].assume_scheme = "https"  # type: ignore[attr-defined]  # of a URLField
        self.initial["seen"] = self.instance.latest_revision_id

    @classmethod
    def of(cls, draft: Partner, **kwargs: Any) -> Self:
        """The form as if the draft had just been sent by it, so that errors can be shown."""
        blank = cls(instance=draft, **kwargs)
        shown = {name: blank.get_initial_for_field(field, name) for name, field in blank.fields.items()}
        form = cls(shown, instance=draft, **kwargs)
        form.is_valid()
        return form

    def written(self) -> Partner:
        """The draft with what was typed. Writes nothing; call it once the form is valid."""
        draft: Partner = self.save(commit=False)
        if self.cleaned_data.get("no_picture"):
            draft.image = None
        return draft

    @property
    def read(self) -> int | None:
        """The revision that they had before them."""
        number: int | None = self.cleaned_data.get("seen")
        return number

    @property
    def picture_hint(self) -> str:
        """What is said beside the picture."""
        held = (
            f"There is one: “{self.instance.image.title}”. A new one takes its place. " if self.instance.image else ""
        )
        return f"{held}{PICTURE_HINT}"

    @property
    def chosen_picture(self) -> UploadedFile | None:
        """The picture that they sent along."""
        file: UploadedFile | None = self.cleaned_data.get("picture")
        return file


class MendForm(PartForm, PageForm):
    """Those fields of a partner's own page that are about some aspects; `aspects` are those that have any."""

    HELD: ClassVar = {"sector_items": ("sectors",), "image": ("picture", "no_picture")}

    def __init__(self, *args: Any, aspects: Iterable[Aspect], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.elsewhere = {}
        if not self.instance.image_id:
            del self.fields["no_picture"]
        self.aspects = tuple(aspect for aspect in aspects if self.fields_for(aspect))
        asked = {name for aspect in self.aspects for name in self.fields_for(aspect)}
        self.fields = {name: field for name, field in self.fields.items() if name in asked}

    def fields_for(self, aspect: Aspect) -> tuple[str, ...]:
        """The names of its fields here; none where its people cannot change it."""
        held = (each for name in aspect.fields for each in self.HELD.get(name, (name,)))
        return tuple(name for name in held if name in self.fields)

    def take(self, error: ValidationError) -> None:
        """Shows what a service refused: by its field, or elsewhere where it has none here."""
        if hasattr(error, "error_dict"):
            self.set_aside(error)
            self.elsewhere |= {name: words for name, words in self.missing.items() if name in self.elsewhere}
        super().take(error)


class SitePageForm(PortalForm, forms.ModelForm[Site]):
    """Where a partner is. `instance.partner` is set."""

    class Meta:
        model = Site
        fields = ("name", "address", "postcode", "order", "access_features")
        field_classes: ClassVar = {"access_features": SeveralField}
        labels: ClassVar = {
            "name": "Name of the site",
            "address": "Street and number (optional)",
            "postcode": "Postcode",
            "order": "Place in your list of sites",
            "access_features": "Access",
        }
        error_messages: ClassVar = {
            "name": {"required": "Type a name for the site, like Main stage."},
            "postcode": {"required": "Type the postcode of the site."},
            "order": {"required": "Type a number: 0 for the main site.", "invalid": "Type a whole number."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.instance.access_features.values_list("pk", flat=True) if self.instance.pk else ()
        offer_active_terms(self, [(AccessFeature, key) for key in held])

    def clean_name(self) -> str:
        """A name that no other site of this partner has."""
        name = str(self.cleaned_data["name"])
        if self.instance.partner.sites.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Another site of yours has this name. Give each its own.")
        return name

    @property
    def features(self) -> Iterable[AccessFeature]:
        """What was ticked."""
        chosen: Iterable[AccessFeature] = self.cleaned_data["access_features"]
        return chosen


class ContactPageForm(PortalForm, forms.ModelForm[Contact]):
    """Whom to ask at a partner. `instance.partner` is set."""

    class Meta:
        model = Contact
        fields = ("name", "role", "email", "telephone", "is_public")
        labels: ClassVar = {
            "name": "Name",
            "role": "What they do (optional)",
            "email": "E-mail address",
            "telephone": "Telephone",
            "is_public": "May be shown on pages for adults",
        }
        error_messages: ClassVar = {
            "name": {"required": "Type the person’s name."},
            "email": {"invalid": "Type a whole e-mail address, like name@example.org."},
        }

    def clean(self) -> dict[str, Any]:
        """Somebody who is asked can be reached."""
        super().clean()
        if not self.errors and not (self.cleaned_data.get("email") or self.cleaned_data.get("telephone")):
            self.add_error("email", "Type an e-mail address or a telephone number, so that they can be reached.")
        return self.cleaned_data

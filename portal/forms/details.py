"""What a partner's people write about it: its page, its sites, whom to ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files.uploadedfile import UploadedFile
from modelcluster.forms import ClusterForm
from wagtail.images.fields import WagtailImageField

from partners.models import Contact, Partner, Site
from taxonomy.forms import ChoosesTerms, SeveralField, TermsField, offer_active_terms
from taxonomy.models import AccessFeature, Sector

#: A telephone takes pictures of so many pixels; larger ones are slow to draw small.
MOST_PIXELS = 50_000_000
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
    def of(cls, draft: Partner) -> PageForm:
        """The form as if the draft had just been sent by it, so that errors can be shown."""
        blank = cls(instance=draft)
        form = cls(
            {name: blank.get_initial_for_field(field, name) for name, field in blank.fields.items()}, instance=draft
        )
        form.is_valid()
        return form

    @property
    def read(self) -> int | None:
        """The revision that they had before them."""
        number: int | None = self.cleaned_data.get("seen")
        return number

    @property
    def chosen_picture(self) -> UploadedFile | None:
        """The picture that they sent along."""
        file: UploadedFile | None = self.cleaned_data.get("picture")
        return file


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

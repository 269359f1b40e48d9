"""Forms on partners and what is kept about them."""

from datetime import date
from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from accounts.models import User
from taxonomy.forms import ChoosesTerms, SeveralField, TermsField, offer_active_terms
from taxonomy.models import AccessFeature, Recognition, Sector

from .four_eyes import why_not_vouch
from .models import Assurance, AssuranceKind, PartnerRecognition, Site
from .services import record_assurance


class PartnerForm(WagtailAdminModelForm, ChoosesTerms):
    """A partner in the CMS."""

    sectors = TermsField(Sector, label="Sectors")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keep_held_terms(self.instance)

    def clean_confirmed_on(self) -> date | None:
        """A confirmation is not taken back: what was said on a day stays said."""
        typed: date | None = self.cleaned_data["confirmed_on"]
        before: date | None = self.initial.get("confirmed_on")
        if before and (typed is None or typed < before):
            raise forms.ValidationError(f"They confirmed on {before:%-d %B %Y}. Type that day or a later one.")
        return typed


class SiteForm(WagtailAdminModelForm):
    """Where a partner is."""

    class Meta(WagtailAdminModelForm.Meta):
        model = Site
        fields = ("partner", "name", "address", "postcode", "access_features", "order")
        field_classes = {"access_features": SeveralField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.instance.access_features.values_list("pk", flat=True) if self.instance.pk else ()
        offer_active_terms(self, [(AccessFeature, key) for key in held])


class AssuranceForm(WagtailAdminModelForm):
    """A document that the officer who fills this in has seen."""

    for_user: User
    instance: Assurance

    class Meta(WagtailAdminModelForm.Meta):
        model = Assurance
        fields = ("partner", "kind", "note", "seen_on", "expires")

    def clean(self) -> dict[str, Any]:
        """Nobody vouches for a document of a partner that they act for."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        partner = cleaned.get("partner")
        if partner is not None and (why := why_not_vouch(self.for_user, partner)):
            raise forms.ValidationError(why)
        return cleaned

    def save(self, commit: bool = True) -> Assurance:
        """Records a new document with who saw it, in the partner's history too; corrects an old one."""
        if self.instance.pk is None:
            data = self.cleaned_data
            self.instance = record_assurance(
                data["partner"],
                AssuranceKind(data["kind"]),
                seen_on=data["seen_on"],
                expires=data["expires"],
                seen_by=self.for_user,
                note=data["note"],
            )
            return self.instance
        corrected: Assurance = super().save(commit)
        return corrected


class RecognitionHeldForm(WagtailAdminModelForm):
    """An award that a partner holds, as an officer found it."""

    for_user: User

    class Meta(WagtailAdminModelForm.Meta):
        model = PartnerRecognition
        fields = ("partner", "recognition", "expires")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_active_terms(self, [(Recognition, self.instance.recognition_id)] if self.instance.pk else ())

    def save(self, commit: bool = True) -> PartnerRecognition:
        """Notes who confirmed it."""
        self.instance.confirmed_by = self.for_user
        held: PartnerRecognition = super().save(commit)
        return held


class ReasonForm(forms.Form):
    """Why, for the history."""

    reason = forms.CharField(
        widget=AdminAutoHeightTextInput,
        help_text="One or two sentences. They stay in the history.",
        error_messages={"required": "Say why, in a sentence: it stays in the history."},
    )

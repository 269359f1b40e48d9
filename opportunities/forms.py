"""Forms on opportunities."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.models import User
from partners.four_eyes import why_not_vouch
from taxonomy.forms import ChoosesTerms, SeveralField, TermsField
from taxonomy.models import Audience, Borough, Sector, Subject, Theme

from .models import Opportunity, SafeguardingDecision, Session
from .requirements import QUESTIONS, publication_problems
from .services import add_session, check_publishable, decide_safeguarding, edit_session, set_places

# The buttons of the CMS that send the form, as their names and values arrive.
PUBLISH, DECIDE, DECISION = "action-publish", "action-workflow-action", "workflow-action-name"

LONGEST_KEY = 18  # digits that a database takes for a number

PLACES = ("capacity", "taken", "waiting")


class OpportunityForm(WagtailAdminModelForm, ChoosesTerms):
    """An opportunity in the CMS. Drafts may be unfinished; what is sent on, accepted or published may not."""

    audiences = TermsField(Audience, label="Audiences")
    sectors = TermsField(Sector, label="Sectors")
    themes = TermsField(Theme, label="Themes")
    subjects = TermsField(Subject, label="Subjects")
    eligible_boroughs = SeveralField(Borough.objects.all(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keep_held_terms(self.instance)

    def _post_clean(self) -> None:
        """The instance holds what was typed only from here on, so the rules of its kind are asked here."""
        super()._post_clean()
        decision = self.data.get(DECISION) if DECIDE in self.data else None
        if self.is_deferred_validation or self.errors or decision == "reject":
            return
        for field, message in publication_problems(self.instance).items():
            self.add_error(field if field in self.fields else None, message)
        if (PUBLISH in self.data or decision == "approve") and not self.errors:
            try:
                check_publishable(self.instance)
            except ValidationError as problem:
                for field, messages in problem.message_dict.items():
                    self.add_error(field if field in self.fields else None, messages)


class PathwayFormSet(BaseChildFormSet):
    """What an opportunity leads to, typed row by row."""

    def clean(self) -> None:
        """A row does not know whose it is until it is saved, so this asks whether one leads to itself."""
        super().clean()
        for form in self.forms:
            target = getattr(form, "cleaned_data", {}).get("target")
            if target is not None and target.pk == self.instance.pk and form not in self.deleted_forms:
                form.add_error("target", "An opportunity cannot lead to itself. Choose another.")


class SafeguardingDecisionForm(WagtailAdminModelForm):
    """An officer decides on the answers as they stand in the latest draft, and only on those that the page showed."""

    data: Any  # a QueryDict once the form was sent
    for_user: User
    instance: SafeguardingDecision
    shown = forms.JSONField(required=False, widget=forms.HiddenInput)

    class Meta(WagtailAdminModelForm.Meta):
        model = SafeguardingDecision
        fields = ("opportunity", "accepted", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["shown"] = self._answers()

    def chosen(self) -> Opportunity | None:
        """The opportunity that is chosen, as its latest draft says it."""
        value = self["opportunity"].value()
        value = value.pk if isinstance(value, Opportunity) else str(value or "")
        if not str(value).isdecimal() or len(str(value)) > LONGEST_KEY:
            return None
        found = Opportunity.objects.filter(pk=value).first()
        latest: Opportunity | None = found and found.get_latest_revision_as_object()
        return latest

    def _answers(self) -> dict[str, bool | None]:
        opportunity = self.chosen()
        return {question: getattr(opportunity, question) for question in QUESTIONS} if opportunity else {}

    def clean(self) -> dict[str, Any]:
        """Shows the form once more if the answers are not those that it showed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        answers = self._answers()
        if "opportunity" in cleaned and cleaned.get("shown") != answers:
            self.data = self.data.copy()
            self.data[self.add_prefix("shown")] = json.dumps(answers)
            raise ValidationError("These are the answers now. Read them and send the form again.")
        if "opportunity" in cleaned and (why := why_not_vouch(self.for_user, cleaned["opportunity"])):
            raise ValidationError(why)
        return cleaned

    def save(self, commit: bool = True) -> SafeguardingDecision:
        """Records the decision on the latest answers, draft or live. `commit` is what Django's forms are called with."""
        chosen: Opportunity = self.cleaned_data["opportunity"]
        self.instance = decide_safeguarding(
            chosen.get_latest_revision_as_object(),
            self.for_user,
            accepted=self.cleaned_data["accepted"],
            reason=self.cleaned_data["reason"],
        )
        return self.instance


class SessionForm(WagtailAdminModelForm):
    """A dated session; it is written through the services, under a row lock.

    It remembers the places that it showed: those it changed by hand are written, those that others changed
    while it was open stay.
    """

    for_user: User
    instance: Session
    shown = forms.JSONField(required=False, widget=forms.HiddenInput)

    class Meta(WagtailAdminModelForm.Meta):
        model = Session
        fields = ("opportunity", "starts", "ends", "capacity", "taken", "waiting", "label")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.initial["shown"] = {field: getattr(self.instance, field) for field in PLACES}

    def clean_opportunity(self) -> Opportunity:
        """A session stays with its opportunity: people have places in it."""
        chosen: Opportunity = self.cleaned_data["opportunity"]
        if self.instance.pk is not None and chosen.pk != self.initial.get("opportunity"):
            raise forms.ValidationError("A session stays with its opportunity. Add a new session there instead.")
        return chosen

    def save(self, commit: bool = True) -> Session:
        """Adds the session, or changes only what was typed anew. Raises ValidationError if others were quicker."""
        data = self.cleaned_data
        with transaction.atomic():
            if self.instance.pk is not None:
                self.instance = edit_session(self.instance, self._changes(), self.for_user)
                return self.instance
            session = add_session(
                data["opportunity"],
                starts=data["starts"],
                ends=data["ends"],
                capacity=data["capacity"],
                label=data["label"],
                user=self.for_user,
            )
            if data["taken"] or data["waiting"]:
                places = {"capacity": data["capacity"], "taken": data["taken"], "waiting": data["waiting"]}
                session = set_places(session, **places, user=self.for_user)
        self.instance = session
        return session

    def _changes(self) -> dict[str, Any]:
        """The fields that somebody changed in this form, with what they typed."""
        shown = self.cleaned_data.get("shown")
        shown = shown if isinstance(shown, dict) else {}
        typed = {
            field: self.cleaned_data[field] for field in self.changed_data if field not in ("shown", "opportunity")
        }
        return {field: value for field, value in typed.items() if field not in shown or shown[field] != value}

"""Forms on opportunities."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.models import User
from taxonomy.forms import ChoosesTerms, TermsField
from taxonomy.models import Audience, Sector, Subject, Theme

from .models import Opportunity, SafeguardingDecision
from .requirements import publication_problems
from .services import check_publishable, decide_safeguarding

PUBLISH = "action-publish"


class OpportunityForm(WagtailAdminModelForm, ChoosesTerms):
    """An opportunity in the CMS. Drafts may be unfinished; what is sent on or published may not."""

    audiences = TermsField(Audience, label="Audiences")
    sectors = TermsField(Sector, label="Sectors")
    themes = TermsField(Theme, label="Themes")
    subjects = TermsField(Subject, label="Subjects")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keep_held_terms(self.instance)

    def _post_clean(self) -> None:
        """The instance holds what was typed only from here on, so the rules of its kind are asked here."""
        super()._post_clean()
        if self.is_deferred_validation or self.errors:
            return
        for field, message in publication_problems(self.instance).items():
            self.add_error(field if field in self.fields else None, message)
        if PUBLISH in self.data and not self.errors:
            try:
                check_publishable(self.instance)
            except ValidationError as problem:
                for field, messages in problem.message_dict.items():
                    self.add_error(field if field in self.fields else None, messages)


class SafeguardingDecisionForm(WagtailAdminModelForm):
    """An officer decides on the answers as they stand in the latest draft."""

    for_user: User

    class Meta:
        model = SafeguardingDecision
        fields = ("opportunity", "accepted", "reason")

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

"""What a partner changes on a live offer without a check: a lower price, and the last day to apply."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from opportunities.models import Opportunity

NUMBER = "Type pounds in figures, like 4 or 4.50."
DAY = "Type a day, like 2026-12-31."


class LiveChangeForm(forms.ModelForm[Opportunity]):
    """The price and the last day, as they are public now; only what is typed anew is changed."""

    class Meta:
        model = Opportunity
        fields = ("cost", "cost_amount", "family_price", "deadline")
        labels = {"cost": "Cost", "cost_amount": "Price in pounds", "deadline": "Last day to apply (optional)"}
        widgets = {
            "cost_amount": forms.TextInput,
            "family_price": forms.TextInput,
            "deadline": forms.DateInput(attrs={"type": "date"}),
        }
        error_messages = {
            "cost": {"invalid_choice": "Choose one from the list."},
            "cost_amount": {"invalid": NUMBER},
            "family_price": {"invalid": NUMBER},
            "deadline": {"invalid": DAY},
        }

    def __init__(self, opportunity: Opportunity, data: QueryDict | None = None) -> None:
        # Cleaning writes onto the instance; the one at hand stays what it was.
        kept = Opportunity.objects.get(pk=opportunity.pk)
        # As the browser's field for a day writes it.
        day = {"deadline": kept.deadline.isoformat()} if kept.deadline else {}
        super().__init__(data, instance=kept, initial=day, auto_id="%s")
        self.fields["family_price"].label = "Price for the Family of Schools (optional)"

    @property
    def unit_hint(self) -> str:
        """What the price is for, which stays as it is."""
        return self.instance.get_cost_unit_display() if self.instance.cost_unit else ""

    def _post_clean(self) -> None:
        """The service says what may be changed, of what is public when it is called."""

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed anew."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def add_errors(self, errors: dict[str, list[str]]) -> None:
        """Puts what the service refused by the fields that it is about."""
        for name, messages in errors.items():
            self.add_error(name if name in self.fields else None, messages)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is to be mended, in the order of the form: the id of the field, the message."""
        found = [("cost", str(message)) for message in self.non_field_errors()]
        return found + [(field.name, str(message)) for field in self for message in field.errors]

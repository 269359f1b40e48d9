"""Choosing terms: from the list, never typed freely."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from .models import Term


class TermsField(forms.ModelMultipleChoiceField):
    """Checkboxes over the active terms of a vocabulary, and over retired ones that are already held."""

    def __init__(self, vocabulary: type[Term], **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(
            queryset=vocabulary._default_manager.filter(active=True),
            widget=kwargs.pop("widget", forms.CheckboxSelectMultiple),
            required=kwargs.pop("required", False),
            **kwargs,
        )

    def keep(self, held: QuerySet[Term]) -> None:
        """Lets terms that are held stay, though they were retired meanwhile."""
        ids = [term.pk for term in held]
        self.queryset = self.vocabulary._default_manager.filter(Q(active=True) | Q(pk__in=ids))
        self.initial = ids


class ChoosesTerms(forms.BaseForm):
    """A form with TermsFields: each keeps what the instance holds."""

    def keep_held_terms(self, instance: Any) -> None:
        """Call after `super().__init__()`; the fields are named like the instance's tag managers."""
        for name, field in self.fields.items():
            if isinstance(field, TermsField) and instance.pk:
                field.keep(getattr(instance, name).all())
                self.initial[name] = field.initial

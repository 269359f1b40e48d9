"""Choosing terms and places: from what there is, never typed freely."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.widgets import BaseChooser
from wagtail.images.widgets import AdminImageChooser
from wagtail.snippets.widgets import AdminSnippetChooser

from .models import OutwardCode, Term
from .selectors import find_outward_code


class SeveralField(forms.ModelMultipleChoiceField):
    """Checkboxes over objects."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> QuerySet[Any]:
        """The objects. Raises ValidationError, by the field, for a number that no database holds too."""
        try:
            return super().clean(value)
        except OverflowError as error:
            largest = max(map(str, value), key=len)
            raise ValidationError(
                self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": largest}
            ) from error


class TermsField(SeveralField):
    """Checkboxes over the active terms of a vocabulary, and over retired ones that are already held."""

    def __init__(self, vocabulary: type[Term], **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(
            queryset=vocabulary._default_manager.filter(active=True),
            required=kwargs.pop("required", False),
            **kwargs,
        )

    def keep(self, held: Iterable[Term]) -> None:
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


class HeldTermsFormSet(BaseChildFormSet):
    """The rows of an object that point to terms: those it holds may stay, though retired; others must be active."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Tells each row which terms the object holds already, in its draft too."""
        kwargs: dict[str, Any] = super().get_form_kwargs(index)
        return kwargs | {"held": self._held()}

    def _held(self) -> set[tuple[type[Model], Any]]:
        names = [field.name for field in self.model._meta.fields if _points_to_terms(field)]
        rows = getattr(self.instance, self.rel_name).all()
        return {
            (self.model._meta.get_field(name).related_model, getattr(row, f"{name}_id"))
            for row in rows
            for name in names
        }


class HoldsTerms:
    """The form of one such row; comes before the form class that knows its fields."""

    def __init__(self, *args: Any, held: Iterable[tuple[type[Model], Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_active_terms(self, held)  # type: ignore[arg-type]  # a form, once it is mixed into one


def _points_to_terms(field: Any) -> bool:
    model = getattr(field, "related_model", None)
    return isinstance(model, type) and issubclass(model, Term)


def offer_active_terms(form: forms.BaseForm, held: Iterable[tuple[type[Model], Any]] = ()) -> None:
    """Narrows every choice of terms in the form to active ones, and those (vocabulary, key) that are held."""
    kept = list(held)
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
            model = field.queryset.model
            if issubclass(model, Term):
                keys = [key for vocabulary, key in kept if vocabulary is model]
                field.queryset = field.queryset.filter(Q(active=True) | Q(pk__in=keys))


class OutwardCodeField(forms.ModelChoiceField):
    """An outward code, typed: there are 2,997 of them. A whole postcode is taken too, and only its first half kept."""

    def __init__(self, queryset: QuerySet[OutwardCode] | None = None, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(OutwardCode.objects.all() if queryset is None else queryset, **kwargs)

    def to_python(self, value: Any) -> OutwardCode | None:
        """The outward code. Raises ValidationError if it is not written like one or does not exist."""
        if isinstance(value, OutwardCode):
            return value
        text = str(value or "").strip()
        return find_outward_code(text) if text else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another code was typed."""
        return str(self.prepare_value(initial) or "") != str(data or "").strip().upper()


class Forgiving:
    """A chooser that shows nothing chosen where Wagtail's would fail on a value that is no number."""

    def get_instance(self, value: Any) -> Any:
        """The object that is chosen, or None."""
        try:
            return super().get_instance(value)  # type: ignore[misc]  # of the widget that this is mixed into
        except (ValueError, OverflowError):
            return None


class ForgivingChooser(Forgiving, BaseChooser):
    """Chooses an object of a model."""


class ForgivingSnippetChooser(Forgiving, AdminSnippetChooser):
    """Chooses a snippet."""


class ForgivingImageChooser(Forgiving, AdminImageChooser):
    """Chooses a picture."""


def search_form(fields: tuple[str, ...]) -> type[BaseFilterForm]:
    """A form for choosers: one box, whose words must each stand in one of the fields."""

    class SearchForm(BaseFilterForm):
        q = forms.CharField(
            label="Search", required=False, widget=forms.TextInput(attrs={"placeholder": "Search"}), max_length=200
        )

        def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
            words = self.cleaned_data.get("q", "").split()
            for word in words:
                found = Q()
                for field in fields:
                    found |= Q(**{f"{field}__icontains": word})
                objects = objects.filter(found)
            self.is_searching = bool(words)
            self.search_query = " ".join(words)
            return objects

    return SearchForm

"""Signing in, and naming people in forms of the CMS."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.db.models import QuerySet

from .models import User


class SignInForm(AuthenticationForm):
    """An e-mail address and a password. The answer is the same whether or not the address has an account."""

    error_messages = {
        "invalid_login": "That address and password do not go together. Check both and try again.",
        "inactive": "That address and password do not go together. Check both and try again.",
    }


class UserByEmailField(forms.ModelChoiceField):
    """Names a user by address: a list of everybody would be long, and would show who has an account."""

    def __init__(self, queryset: QuerySet[User] | None = None, **kwargs: Any) -> None:
        kwargs |= {"widget": forms.EmailInput, "to_field_name": "email"}
        kwargs["help_text"] = kwargs.get("help_text") or "The e-mail address with which this person signs in."
        super().__init__(User.objects.all() if queryset is None else queryset, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Shows the address of the user who is held by key."""
        if isinstance(value, int):
            return User.objects.filter(pk=value).values_list("email", flat=True).first()
        return super().prepare_value(value)

    def to_python(self, value: Any) -> User | None:
        """The user with that address, in any case. Raises ValidationError if there is none."""
        address = str(value or "").strip().lower()
        if not address:
            return None
        people: QuerySet[User] = User.objects.all() if self.queryset is None else self.queryset
        found = None if "\x00" in address else people.filter(email=address).first()
        if found is None:
            raise forms.ValidationError(
                "Nobody signs in with that address. Check it, or ask an administrator to add the person first."
            )
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another address was typed."""
        return str(self.prepare_value(initial) or "") != str(data or "").strip().lower()

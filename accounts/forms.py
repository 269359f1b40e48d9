"""Signing in, and naming people in forms of the CMS."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.db.models import QuerySet

from .limits import TRY_LATER, mailbox, within
from .models import User
from .sealing import CANNOT_BE_READ, UnreadableSecretError, seal, unseal

LONGEST_CREDENTIAL = 20_000  # characters; real ones have some two thousand
NOT_CONFIRMED = "Your device did not confirm that it is you. Try again, or use a code."

Problems = list[tuple[str, str]]


class WithProblems(forms.Form):
    """A form whose errors the summary on top of the page can name."""

    @property
    def problems(self) -> Problems:
        """Pairs of the id of a field and the message; of the form as a whole, the first field's id."""
        first = next(iter(self.fields), "main")
        return [
            (first if name == "__all__" else name, str(error))
            for name, errors in self.errors.items()
            for error in errors
        ]


class SignInForm(WithProblems, RequestLoginCodeForm):
    """An e-mail address. The answer is the same whether or not it has an account."""

    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": "Type your e-mail address.",
            "invalid": "Type an e-mail address in full, like name@school.example.",
            "max_length": "That is too long for an e-mail address. Check it.",
        },
    )
    _user: User | None = None

    def clean_email(self) -> str:
        """The address. Raises ValidationError if too many codes were asked for lately for it, or for its mailbox."""
        email: str = super().clean_email()
        own = mailbox(email)
        # The library has counted the address as it was typed.
        if own != email.lower() and not within(context.request, "request_login_code", key=own):
            raise forms.ValidationError(TRY_LATER)
        return email

    @property
    def user(self) -> User | None:
        """Whose address it is, once the form is found valid; None if nobody's, or if the account is closed."""
        return self._user


class CodeForm(WithProblems, ConfirmLoginCodeForm):
    """The code from the message."""

    code = forms.CharField(max_length=40, error_messages={"required": "Type the six digits from the message."})

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        self.email = email
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        """The code. Raises ValidationError if it is not right, or if too many were typed for the address of late.

        The browser's own count of tries stands in its session, which many requests at once could all read before
        one of them writes; this one they share.
        """
        if not within(context.request, "sign_in_code", key=self.email):
            raise forms.ValidationError("There were too many tries for this address. Wait ten minutes, then ask again.")
        code: str = super().clean_code()
        return code


class OnceOnly(WithProblems):
    """A code of an app is void once used, however long it would be right."""

    code = forms.CharField(max_length=40, error_messages={"required": "Type the code."})
    user: User

    def clean_code(self) -> str:
        """The code. Raises ValidationError if it is not right, was used, or too many were typed of late."""
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of the form that this is mixed into
        except UnreadableSecretError as error:
            raise forms.ValidationError(CANNOT_BE_READ) from error
        authenticator = getattr(self, "authenticator", None)
        if authenticator and authenticator.type == Authenticator.Type.TOTP:
            key = f"{self.user.pk} {''.join(filter(str.isalnum, code))}"
            if not within(context.request, "used_app_code", key=key):
                raise forms.ValidationError("That code was used already. Wait for the next one in your app.")
        return code


class SecondStepForm(OnceOnly, AuthenticateForm):
    """A code of an app, or a recovery code, while somebody signs in."""


class ConfirmForm(OnceOnly, ReauthenticateForm):
    """A code of an app, or a recovery code, of somebody who is signed in."""


class AppForm(WithProblems, ActivateTOTPForm):
    """The first code of a new app."""

    code = forms.CharField(max_length=40, error_messages={"required": "Type the six digits that the app shows."})
    secret: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Raises UnreadableSecretError."""
        super().__init__(*args, **kwargs)
        # Until the first code is right the new key waits in the session, which is in the database, too.
        self.secret = unseal(self.secret)
        context.request.session[SECRET_SESSION_KEY] = seal(self.secret)


class CredentialField(forms.JSONField):
    """What a device sent, from whoever wrote it."""

    widget = forms.HiddenInput
    default_error_messages = {"required": NOT_CONFIRMED, "invalid": NOT_CONFIRMED}

    def to_python(self, value: Any) -> Any:
        """An answer as the devices write them. Raises ValidationError for anything else."""
        try:
            found = None if len(str(value)) > LONGEST_CREDENTIAL else super().to_python(value)
        except RecursionError:
            found = None
        if not isinstance(found, dict) or not isinstance(found.get("response"), dict):
            raise forms.ValidationError(NOT_CONFIRMED)
        return found


class CarefulCredential(WithProblems):
    """A form that takes what a device sent."""

    credential = CredentialField()

    def clean_credential(self) -> Any:
        """What the form makes of it. Raises ValidationError for whatever is no answer of a device."""
        credential = self.cleaned_data["credential"]
        check = getattr(super(), "clean_credential", None)
        try:
            return check() if check else credential
        except forms.ValidationError as error:
            raise forms.ValidationError(NOT_CONFIRMED) from error
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            # The library reads it as it comes, and says so in many ways when it is not what it should be.
            raise forms.ValidationError(NOT_CONFIRMED) from error


class PasskeySignInForm(CarefulCredential, LoginWebAuthnForm):
    """A passkey alone: it names the account."""


class PasskeyStepForm(CarefulCredential, AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class PasskeyConfirmForm(CarefulCredential, ReauthenticateWebAuthnForm):
    """A passkey of somebody who is signed in."""


class PasskeyForm(CarefulCredential, AddWebAuthnForm):
    """A new passkey with its name."""

    name = forms.CharField(required=False, max_length=60, label="A name for it")
    passwordless = None  # not asked: every passkey here signs in by itself

    def clean(self) -> dict[str, Any]:
        """Name and credential. Raises ValidationError if the device did not ask who holds it, or for no answer of one."""
        if "credential" in self.cleaned_data:
            self.cleaned_data["passwordless"] = True
        try:
            return super().clean() or {}
        except forms.ValidationError as error:
            raise forms.ValidationError({"credential": NOT_CONFIRMED}) from error
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise forms.ValidationError({"credential": NOT_CONFIRMED}) from error


class PasskeyNameForm(WithProblems, EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(
        max_length=60, label="A name for it", error_messages={"required": "Give it a name, such as “My telephone”."}
    )


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

"""What somebody sees and changes of their own account: the second step, passkeys, recovery codes, devices."""

from typing import Any, cast

from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.base.views import IndexView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib.auth import update_session_auth_hash
from django.contrib.messages import SUCCESS, add_message
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy

from accounts.adapters import SecondFactorAdapter
from accounts.forms import AppForm, ConfirmForm, PasskeyConfirmForm, PasskeyForm, PasskeyNameForm
from accounts.models import User
from accounts.rules import needs_second_factor, signed_in
from accounts.services import end_sign_ins


def _now_given(request: HttpRequest, kind: str) -> None:
    """Who has just set a second factor up has shown that they hold it; where there was one, they gave that before."""
    record_authentication(request, signed_in(request.user), method="mfa", type=kind, reauthenticated=True)


class AccountView(IndexView):
    """Every way in which somebody signs in."""

    template_name = "accounts/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = cast("User", authenticated_user(self.request))
        found = super().get_context_data(**kwargs)
        held = found["authenticators"]
        return found | {
            "app": held.get(Authenticator.Type.TOTP),
            "passkeys": held.get(Authenticator.Type.WEBAUTHN, []),
            "recovery": held.get(Authenticator.Type.RECOVERY_CODES),
            "required": needs_second_factor(user),
        }


class AddAppView(ActivateTOTPView):
    """Sets up an app that shows codes. Works without scripts: the key can be typed instead of photographed."""

    template_name = "accounts/app.html"

    def get_form_class(self) -> type[AppForm]:
        return AppForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        secret = found["form"].secret
        return found | {"key": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))}

    def form_valid(self, form: AppForm) -> HttpResponse:
        """Goes on to the recovery codes."""
        answer: HttpResponse = super().form_valid(form)
        _now_given(self.request, Authenticator.Type.TOTP)
        return answer


class RemoveAppView(DeactivateTOTPView):
    """Takes the app away, unless the role needs it."""

    template_name = "accounts/app_remove.html"


class AddPasskeyView(AddWebAuthnView):
    """Adds a passkey, by which somebody can then sign in alone."""

    template_name = "accounts/passkey.html"

    def get_form_class(self) -> type[PasskeyForm]:
        return PasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        found.setdefault("form", self.get_form())
        # Of those who hold the device, and kept on it: so it can sign in without an address being typed.
        options = webauthn.begin_registration(signed_in(self.request.user), passwordless=True)
        return found | {"options": options} | ({"form": kwargs["form"]} if "form" in kwargs else {})

    def form_valid(self, form: PasskeyForm) -> HttpResponse:
        """Goes on to the recovery codes where these are new."""
        answer: HttpResponse = super().form_valid(form)
        _now_given(self.request, Authenticator.Type.WEBAUTHN)
        return answer


class RenamePasskeyView(EditWebAuthnView):
    """Gives a passkey another name."""

    template_name = "accounts/passkey_name.html"
    success_url = reverse_lazy("mfa_index")

    def get_form_class(self) -> type[PasskeyNameForm]:
        return PasskeyNameForm


class RemovePasskeyView(RemoveWebAuthnView):
    """Takes a passkey away, unless the role needs it."""

    template_name = "accounts/passkey_remove.html"
    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = SecondFactorAdapter().can_delete_authenticator(self.object)
        return super().get_context_data(**kwargs) | {"may": may}

    def form_valid(self, form: Any) -> HttpResponse:
        """Nothing is taken away where it is the last one of somebody whose role needs one."""
        if not SecondFactorAdapter().can_delete_authenticator(self.object):
            return self.render_to_response(self.get_context_data(form=form))
        answer: HttpResponse = super().form_valid(form)
        return answer


class RecoveryCodesView(ViewRecoveryCodesView):
    """The codes that are left, to be printed or written down."""

    template_name = "accounts/recovery_codes.html"


class NewRecoveryCodesView(GenerateRecoveryCodesView):
    """Makes new recovery codes; the old ones are void."""

    template_name = "accounts/recovery_codes_new.html"


class ConfirmView(ReauthenticateView):
    """Asks somebody who is signed in for a code of their app, or a recovery code."""

    template_name = "accounts/confirm.html"

    def get_form_class(self) -> type[ConfirmForm]:
        return ConfirmForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = signed_in(self.request.user)
        kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        return super().get_context_data(**kwargs) | {
            "kinds": kinds,
            "onward": self.get_next_url() or "",
            "to_passkey": self.passthrough_next_url(reverse("mfa_reauthenticate_webauthn")),
        }


class ConfirmByPasskeyView(ReauthenticateWebAuthnView):
    """Asks somebody who is signed in for their passkey."""

    template_name = "accounts/confirm_passkey.html"

    def get_form_class(self) -> type[PasskeyConfirmForm]:
        return PasskeyConfirmForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        found["form"] = kwargs.get("form") or self.get_form()
        return found | {
            "onward": self.get_next_url() or "",
            "options": found["js_data"]["request_options"],
            "to_code": self.passthrough_next_url(reverse("mfa_reauthenticate")),
        }

    def form_invalid(self, form: PasskeyConfirmForm) -> HttpResponse:
        """The same page, with the reason."""
        return self.render_to_response(self.get_context_data(form=form))


class DevicesView(ListUserSessionsView):
    """Where somebody is signed in, and one button that ends the others."""

    template_name = "accounts/devices.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Ends every sign-in, also those that the list does not know, and begins this one anew."""
        user = signed_in(self.request.user)
        end_sign_ins(user)
        update_session_auth_hash(self.request, user)
        UserSession.objects.create_from_request(self.request)
        add_message(self.request, SUCCESS, "You are signed out everywhere else.")
        return HttpResponseRedirect(reverse("usersessions_list"))

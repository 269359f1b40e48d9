"""Addresses of signing in and of one's account. allauth's own are not mounted: none of its pages exists by itself.

Pages that allauth leads to carry its names; those of our own that others name carry ours.
"""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LogoutView
from django.http import HttpResponseBase
from django.urls import path
from django.views.decorators.cache import never_cache

from .views.account import (
    AccountView,
    AddAppView,
    AddPasskeyView,
    ConfirmByPasskeyView,
    ConfirmView,
    DevicesView,
    NewRecoveryCodesView,
    RecoveryCodesView,
    RemoveAppView,
    RemovePasskeyView,
    RenamePasskeyView,
)
from .views.sign_in import CodeView, PasskeySignInView, SecondStepView, SignInView

View = Callable[..., HttpResponseBase]


def own(view: View) -> View:
    """For whoever is signed in, about themselves, kept by nobody's cache."""
    return never_cache(login_required(view))


urlpatterns = [
    path("sign-in/", SignInView.as_view(), name="sign-in"),
    path("sign-in/", SignInView.as_view(), name="account_login"),
    path("sign-in/", SignInView.as_view(), name="account_request_login_code"),
    path("sign-in/code/", CodeView.as_view(), name="sign-in-code"),
    path("sign-in/code/", CodeView.as_view(), name="account_confirm_login_code"),
    path("sign-in/second-step/", SecondStepView.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", PasskeySignInView.as_view(), name="mfa_login_webauthn"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("account/", own(AccountView.as_view()), name="mfa_index"),
    path("account/app/", own(AddAppView.as_view()), name="mfa_activate_totp"),
    path("account/app/remove/", own(RemoveAppView.as_view()), name="mfa_deactivate_totp"),
    path("account/passkeys/add/", own(AddPasskeyView.as_view()), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/name/", own(RenamePasskeyView.as_view()), name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove/", own(RemovePasskeyView.as_view()), name="mfa_remove_webauthn"),
    path("account/recovery-codes/", own(RecoveryCodesView.as_view()), name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", own(NewRecoveryCodesView.as_view()), name="mfa_generate_recovery_codes"),
    path("account/confirm/", own(ConfirmView.as_view()), name="mfa_reauthenticate"),
    path("account/confirm/passkey/", own(ConfirmByPasskeyView.as_view()), name="mfa_reauthenticate_webauthn"),
    path("account/devices/", own(DevicesView.as_view()), name="usersessions_list"),
]

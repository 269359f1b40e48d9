"""Signing in: by a code from an e-mail or by a passkey, then by the second step of those who need one."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.stages import LoginStage
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache

from accounts.forms import CodeForm, PasskeySignInForm, PasskeyStepForm, SecondStepForm, SignInForm
from accounts.limits import TRY_LATER, mailbox, within
from accounts.services import tell_no_account

#: Why somebody is back at the first page, by what stands in its address.
AGAIN = {
    "tries": "That was not right three times, so the code is void. Ask for a new one.",
    "time": "That code has run out. Ask for a new one.",
    "passkey": "Your device did not confirm that it is you. Try again, or ask for a code.",
    "role": "Your role here has changed since you signed in. Sign in again to go on.",
    "closed": "Nobody can sign in with that any more. Ask whoever gave you the account.",
}


def back_to_sign_in(request: HttpRequest, again: str, onward: str | None) -> HttpResponse:
    """To the first page, which says why."""
    query = {"again": again} | ({"next": onward} if onward else {})
    return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode(query)}")


class SignInView(RequestLoginCodeView):
    """Takes an e-mail address and sends a code there; says and does the same whether or not it has an account."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For somebody who is signed in: a page that says so, since their role may be why they were sent here."""
        if request.user.is_authenticated:
            landing = import_string(settings.FINDFUSION_LANDING)(request.user)
            return render(request, "accounts/signed_in.html", {"landing": landing})
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:
        """Whoever comes back wants to use another address."""

    def get_form_class(self) -> type[SignInForm]:
        return SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "again": AGAIN.get(self.request.GET.get("again", "")) if self.request.method != "POST" else None,
            "onward": self.get_next_url() or "",
            "contact_email": settings.CONTACT_EMAIL,
        }

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """Sends a code, or says that there is no account, to the same address at the same cost."""
        email = form.cleaned_data["email"].lower()
        LoginCodeVerificationProcess.initiate(request=self.request, user=form.user, email=email)
        if form.user is None:
            tell_no_account(email)
        return HttpResponseRedirect(self.passthrough_next_url(reverse("sign-in-code")))


class CodeView(ConfirmLoginCodeView):
    """Takes the code. After three wrong ones, or ten minutes, it is void."""

    form_class = CodeForm
    template_name = "accounts/sign_in_code.html"

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Back to the first page once the time is over."""
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        if getattr(self, "_process", None) is None and hasattr(self, "stage"):
            return back_to_sign_in(request, "time", self.get_next_url())
        return answer

    def get_form_class(self) -> Any:
        return super().get_form_class() if self._action == "resend" else CodeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        more = {} if self._action == "resend" else {"email": self._process.state["email"]}
        return super().get_form_kwargs() | more

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "onward": self.get_next_url() or "",
            "sent_anew": self.request.GET.get("sent") == "anew",
        }

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """A new code takes the place of the old one; the tries and the minutes go on."""
        email = self._process.state["email"]
        if not within(self.request, "request_login_code", key=mailbox(email)):
            form = CodeForm(data={}, code="", email=email)
            form.errors["code"] = form.error_class([TRY_LATER])
            return self.render_to_response(self.get_context_data(form=form))
        self._process.send()
        if self._process.user is None:
            tell_no_account(email)
        self._process.record_resend()
        self._process.persist()
        query = {"sent": "anew"} | ({"next": onward} if (onward := self.get_next_url()) else {})
        return HttpResponseRedirect(f"{reverse('sign-in-code')}?{urlencode(query)}")

    def form_invalid(self, form: CodeForm) -> HttpResponse:
        """The form again, or the first page after the last try. An empty field is no try."""
        if not form.data.get("code", "").strip() or self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form))
        return back_to_sign_in(self.request, "tries", self.get_next_url())


@method_decorator(never_cache, name="dispatch")
class PasskeySignInView(LoginWebAuthnView):
    """Signs in by a passkey alone. A GET gives scripts the question for the device."""

    form_class = PasskeySignInForm

    def get_form_class(self) -> type[PasskeySignInForm]:
        return PasskeySignInForm

    def form_invalid(self, form: PasskeySignInForm) -> HttpResponse:
        """The same for an unknown passkey as for one that was not confirmed."""
        onward = self.request.POST.get("next")
        return back_to_sign_in(self.request, "passkey", onward)


@method_decorator(never_cache, name="dispatch")
class SecondStepView(AuthenticateView):
    """A code of an app, a recovery code or a passkey, after the code from the message."""

    template_name = "accounts/second_step.html"

    def get_form_class(self) -> type[SecondStepForm]:
        return SecondStepForm

    def get_webauthn_form_class(self) -> type[PasskeyStepForm]:
        return PasskeyStepForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        bound = next((form for form in (self.auth_form, self.webauthn_form) if form and form.is_bound), None)
        return super().get_context_data(**kwargs) | {"kinds": kinds, "problems": bound.problems if bound else []}

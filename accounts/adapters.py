"""What django-allauth asks of this project: who is told what, who must confirm, where somebody goes."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.messages import add_message
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string

from .limits import TRY_LATER
from .models import User
from .rules import needs_second_factor
from .sealing import seal, unseal
from .selectors import factors_of
from .services import send_code, tell_of_change

#: What is said of a change, by allauth's name for it: on the page, and in a message to the person.
CHANGES = {
    "totp_activated": "An app for codes was added.",
    "totp_deactivated": "The app for codes was taken away.",
    "webauthn_added": "A passkey was added.",
    "webauthn_removed": "A passkey was taken away.",
    "recovery_codes_generated": "New recovery codes were made. Only these work now.",
}


class UnforeseenMailError(Exception):
    """allauth would send a message that this project has no words for."""


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation or application, codes go out through `notices`."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": "That code is not right. Look at the newest message and type it again.",
        "too_many_login_attempts": TRY_LATER,
        "rate_limited": TRY_LATER,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through `notices`. Raises UnforeseenMailError for a message that this project does not send."""
        name = template_prefix.rpartition("/")[2]
        if name == "login_code":
            send_code(email, context["code"])
        elif name in CHANGES:
            tell_of_change(User.objects.get(email=email.lower()), CHANGES[name])
        else:
            raise UnforeseenMailError(template_prefix)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Says on the next page what was done, in our words; that somebody signed in is plain to see."""
        name = (message_template or "").rpartition("/")[2].removesuffix(".txt")
        if words := message or CHANGES.get(name):
            add_message(request, level, words, extra_tags=extra_tags)

    def is_safe_url(self, url: str | None) -> bool:
        """Whether somebody may be sent there: a path of this site, never a whole address."""
        return bool(url) and is_path_of_this_site(str(url))

    def pre_login(self, request: HttpRequest, user: User, *, email: str | None, **more: Any) -> HttpResponse | None:
        """Turns away a code that went to an address which is not the user's any more."""
        if email and email.lower() != user.email:
            return self.respond_user_inactive(request, user)
        found: HttpResponse | None = super().pre_login(request, user, email=email, **more)
        return found

    def get_login_stages(self) -> list[str]:
        """allauth's own steps, with our rule of who must take the second."""
        return ["allauth.account.stages.LoginByCodeStage", "accounts.stages.SecondStep"]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody goes who did not come from a page."""
        landing: str = import_string(settings.FINDFUSION_LANDING)(request.user)
        return landing

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """An account that was closed after its code was asked for: the same as if there were none."""
        return HttpResponseRedirect(f"{reverse('sign-in')}?again=closed")


def is_path_of_this_site(url: str) -> bool:
    """Whether it is a path and no more.

    Browsers read two slashes of either kind, also with control
    characters between them, as the beginning of a host.
    """
    return (
        url.startswith("/")
        and url.isprintable()
        and "\\" not in url
        and not urlsplit(url).netloc
        and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    )


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second step: apps, passkeys and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right. Wait for the next one in your app and type that.",
        "cannot_delete_authenticator": "Your role needs a second step. Add a passkey first, then take the app away.",
        "cannot_generate_recovery_codes": "Add an app or a passkey first. Recovery codes stand in for it.",
    }

    def encrypt(self, text: str) -> str:
        """As it is kept in the database. Raises UnreadableSecretError without a key."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """As apps know it. Raises UnreadableSecretError for what was encrypted with a key that is not there."""
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep at least one app or passkey."""
        user = authenticator.user
        return not needs_second_factor(user) or factors_of(user).exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: User, kind: Authenticator.Type) -> str:
        """What a passkey is called until somebody gives it a name."""
        return f"Passkey {Authenticator.objects.filter(user=user, type=kind).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site, as devices name it."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Find Fusion"}

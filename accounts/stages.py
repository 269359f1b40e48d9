"""The steps of signing in that differ from allauth's own."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage

from .rules import needs_second_factor
from .selectors import factors_of


class SecondStep(AuthenticateStage):
    """Asks for an app, a passkey or a recovery code after the code from the mail."""

    def handle(self) -> tuple[Any, bool]:
        """Only of staff, and of those who chose an app.

        A passkey alone is a quicker way in for everybody else: on a computer that has none, the code still does.
        """
        user = self.login.user
        if (
            user
            and not needs_second_factor(user)
            and not factors_of(user).filter(type=Authenticator.Type.TOTP).exists()
        ):
            return None, True
        found: tuple[Any, bool] = super().handle()
        return found

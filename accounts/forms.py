"""Signing in."""

from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """An e-mail address and a password. The answer is the same whether or not the address has an account."""

    error_messages = {
        "invalid_login": "That address and password do not go together. Check both and try again.",
        "inactive": "That address and password do not go together. Check both and try again.",
    }

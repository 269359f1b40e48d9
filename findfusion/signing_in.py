"""How people sign in: the settings of django-allauth. `accounts` builds on them; ADR 22 gives the reasons."""

import base64
import hashlib

LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 14 * 24 * 3600  # seconds; staff get `accounts.receivers.STAFF_SESSION` instead

AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    # For roles. It would take passwords, too, but nobody has one (accounts.models).
    "django.contrib.auth.backends.ModelBackend",
]

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
# An address is proved by the code that is sent there, or by whoever made the account.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# Our view tells those without an account so itself, at the same cost as sending a code.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 2
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600  # seconds
ACCOUNT_LOGIN_TIMEOUT = 900  # seconds for all steps together
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900  # seconds
# A school's people share one address on the internet; what is counted by account or address is tighter.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "60/10m/ip,5/h/key,20/d/key",
    # Codes typed for one e-mail address, in whatever browsers: 40 of a million a day.
    "sign_in_code": "100/10m/ip,10/10m/key,40/d/key",
    # Codes of the second step.
    "login_failed": "60/10m/ip,5/5m/key,40/d/key",
    # A code from an app that was used is void for longer than it could be right.
    "used_app_code": "1/5m/key",
    "reauthenticate": "20/10m/user",
    # Joining: applications from one place and of one address, about one school, and invitations by one person.
    "join": "10/h/ip,3/d/key",
    "join_about": "10/d/key",
    "invite": "30/d/key",
}

MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Find Fusion"
# Telephones go wrong by some seconds: the code before and the one after do, too.
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "60/10m/ip"}

WAGTAILADMIN_LOGIN_URL = "sign-in"
WAGTAIL_FRONTEND_LOGIN_URL = "/sign-in/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
# An address is what somebody signs in by: an administrator changes it, nobody changes their own.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False


def key_for_development(secret_key: str) -> str:
    """A key for what is kept of the second step, where nobody set one: the same as long as SECRET_KEY is."""
    return base64.urlsafe_b64encode(hashlib.sha256(f"second factor {secret_key}".encode()).digest()).decode()

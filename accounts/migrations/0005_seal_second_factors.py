"""Encrypts the keys of apps for codes and the seeds of recovery codes, which stood as they are until now."""

from collections.abc import Callable
from typing import Any

from django.db import migrations

from accounts.sealing import sealed_anew, unsealed

Change = Callable[[dict[str, Any]], dict[str, Any]]


def change(apps: Any, how: Change) -> None:
    """Raises UnreadableSecretError, with a line in the log that says what to set, if there are secrets and no key."""
    held = apps.get_model("mfa", "Authenticator").objects.filter(type__in=("totp", "recovery_codes"))
    for each in held.iterator():
        each.data = how(each.data)
        each.save(update_fields=["data"])


def seal(apps: Any, _: Any) -> None:
    change(apps, sealed_anew)


def unseal(apps: Any, _: Any) -> None:
    change(apps, unsealed)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_invitations"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal, unseal)]

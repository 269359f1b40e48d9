"""Letting somebody in again who lost what they had for the second step."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.services import forget_second_factor


class Command(BaseCommand):
    """Takes away somebody's apps, passkeys and recovery codes, ends their sign-ins, and writes to them that it was done."""

    help = (
        "Take away the app, passkeys and recovery codes of somebody who lost them. Check first that it is they who ask."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address with which they sign in")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        """Raises CommandError if nobody signs in with that address."""
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError("Nobody signs in with that address.")
        gone = forget_second_factor(user)
        self.stdout.write(f"{gone} taken away. They set up a new one when they sign in next.")

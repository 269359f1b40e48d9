"""Signing in through the pages, as a person does: an address, the code from the mail, the second step."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import User
from tests.mail import deliver_all
from tests.visitors import BROWSER

SIGN_IN, CODE, SECOND_STEP = "/sign-in/", "/sign-in/code/", "/sign-in/second-step/"
DIGITS = re.compile(r"^(\d{3}) (\d{3})$", re.MULTILINE)


def browser(host: int = 1) -> Client:
    """A browser of its own, at an address on the internet of its own."""
    return Client(headers=BROWSER, REMOTE_ADDR=f"198.51.{host // 250}.{host % 250 + 1}")


def ask(client: Client, email: str, **fields: str) -> Any:
    """Asks for a code."""
    return client.post(SIGN_IN, {"email": email, **fields})


def newest_code(mailoutbox: Sequence[EmailMessage]) -> str:
    """The code of the newest message, once all that wait are sent."""
    deliver_all()
    found = DIGITS.search(str(mailoutbox[-1].body))
    assert found, mailoutbox[-1].body
    return "".join(found.groups())


def another(code: str) -> str:
    """A code that is not that one."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def type_code(client: Client, code: str, **fields: str) -> Any:
    """Types a code on the page that asks for it."""
    return client.post(CODE, {"code": code, **fields})


def enter(client: Client, user: User, mailoutbox: Sequence[EmailMessage], **fields: str) -> Any:
    """Signs in by a code; the answer to it."""
    ask(client, user.email, **fields)
    return type_code(client, newest_code(mailoutbox), **fields)


def is_signed_in(client: Client) -> bool:
    """Whether the browser's session belongs to somebody."""
    return "_auth_user_id" in client.session


def app_code(key: str, steps: int = 0) -> str:
    """What an app shows for that key now, or some half minutes later."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(base64.b32decode(key.replace(" ", "")), counter, hashlib.sha1).digest()
    (number,) = struct.unpack(">I", digest[(at := digest[-1] & 15) : at + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"

"""The page on which officers decide, as the tests of it read and send it."""

from bs4 import Tag
from django.test import Client
from wagtail.models import TaskState

from tests.cms import Answer, Form


def page_of(client: Client, state: TaskState) -> Answer:
    """The page on which it is decided."""
    return Answer(client.get(f"/review/{state.pk}/"))


def form_of(client: Client, state: TaskState) -> Form:
    """The form on that page."""
    answer = page_of(client, state)
    assert answer.status == 200
    return Form(answer.page, f"/review/{state.pk}/")


def send(client: Client, form: Form) -> Answer:
    """Sends it; where that leads."""
    return Answer(client.post(form.address, form.fields, follow=True))


def change(answer: Answer, slug: str) -> Tag:
    """What changed in one aspect."""
    return answer.one(f"#change-{slug}")

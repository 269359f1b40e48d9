"""Somebody of a partner who describes opportunities through the pages of the portal."""

from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.test import Client

from accounts.models import User
from opportunities.models import Opportunity
from partners.models import Partner
from tests.cms import Answer, Form
from tests.factories import PartnerFactory, PartnerMemberFactory
from tests.people import sign_in
from tests.visitors import BROWSER


@dataclass
class Author:
    """A person of a partner, at a browser of their own."""

    partner: Partner = field(default_factory=PartnerFactory.create)
    client: Client = field(default_factory=lambda: Client(headers=BROWSER))

    def __post_init__(self) -> None:
        self.user: User = sign_in(self.client, PartnerMemberFactory.create(partner=self.partner))

    @property
    def all(self) -> str:
        """The address of the list."""
        return f"/portal/{self.partner.pk}/opportunities/"

    def at(self, opportunity: Opportunity, page: str = "") -> str:
        """The address of a page of an opportunity: nothing for the check page, "step/what/", "submit/"."""
        return f"{self.all}{opportunity.pk}/{page}"

    def open(self, address: str) -> Answer:
        """A page, wherever it leads."""
        return Answer(self.client.get(address, follow=True))

    def begin(self, kind: str, title: str = "Set, ink, pull") -> Opportunity:
        """Chooses the kind and types the title; the draft."""
        form = self.form(f"{self.all}new/")
        form["kind"], form["title"] = kind, title
        assert self.send(form).address.endswith("/step/what/")
        return Opportunity.objects.latest("pk")

    def form(self, address: str) -> Form:
        """The form of a page."""
        answer = self.open(address)
        assert answer.status == 200, f"{address} answers {answer.status}"
        assert answer.address == address, f"{address} leads to {answer.address}"
        return Form(answer.page, address)

    def form_of(self, answer: Answer) -> Form:
        """The form of a page that came back."""
        return Form(answer.page, answer.address)

    def step(self, opportunity: Opportunity, name: str) -> Form:
        """The form of a step."""
        return self.form(self.at(opportunity, f"step/{name}/"))

    def send(self, form: Form, then: str = "on", **files: UploadedFile) -> Answer:
        """Sends a form by one of its buttons, with files."""
        return Answer(self.client.post(form.address, {**form.fields, **files, "then": then}, follow=True))

    def write(self, opportunity: Opportunity, name: str, then: str = "on", **values: Any) -> Answer:
        """Fills some fields of a step, named with __ for -, and sends it."""
        form = self.step(opportunity, name)
        files = {key: value for key, value in values.items() if isinstance(value, UploadedFile)}
        for key, value in values.items():
            form[key.replace("__", "-")] = None if key in files else value
        return self.send(form, then, **files)

    def post(self, address: str, **fields: Any) -> Answer:
        """Presses a button that stands alone."""
        return Answer(self.client.post(address, fields, follow=True))


def problems(answer: Answer) -> list[str]:
    """What the page says is to be mended."""
    return [found.get_text(" ", strip=True) for found in answer.page.select(".govuk-error-summary li")]


def steps(answer: Answer) -> dict[str, str]:
    """How far each step is, as the page says it."""
    found = {}
    for item in answer.page.select(".ff-steps__item"):
        title = item.select_one("a, b")
        state = item.select_one(".ff-steps__state")
        assert title is not None
        assert state is not None
        found[title.get_text(strip=True)] = state.get_text(strip=True)
    return found


def draft_of(opportunity: Opportunity) -> Opportunity:
    """The latest draft, read anew."""
    draft: Opportunity = Opportunity.objects.get(pk=opportunity.pk).get_latest_revision_as_object()
    return draft

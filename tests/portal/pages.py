"""Pages of the portal as somebody who acts for a partner opens and sends them."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client

from accounts.models import User
from partners.models import Partner
from tests.cms import Form
from tests.factories import PartnerMemberFactory
from tests.people import sign_in


class Page:
    """What came back, after all redirects."""

    def __init__(self, response: Any) -> None:
        self.response = response
        self.status: int = response.status_code
        self.address: str = response.request["PATH_INFO"]
        self.soup = BeautifulSoup(response.content.decode(), "html.parser")

    @property
    def text(self) -> str:
        """All its words, in one line."""
        main = self.soup.select_one("main") or self.soup
        return " ".join(main.get_text(" ", strip=True).split())

    @property
    def said(self) -> str:
        """The messages at its top."""
        return " ".join(found.get_text(" ", strip=True) for found in self.soup.select(".ff-messages .ff-notice"))

    @property
    def errors(self) -> list[str]:
        """The lines of its error summary."""
        return [found.get_text(" ", strip=True) for found in self.soup.select(".govuk-error-summary li")]

    def one(self, selector: str) -> Tag:
        """The first element of this kind."""
        found = self.soup.select_one(selector)
        assert found is not None, f"no {selector} on {self.address}"
        return found

    def links(self, text: str) -> list[str]:
        """Where the links with this text lead."""
        return [str(a["href"]) for a in self.soup.select("main a[href]") if text in a.get_text(" ", strip=True)]


class Portal:
    """Somebody who acts for a partner."""

    def __init__(self, partner: Partner, user: User | None = None) -> None:
        self.partner = partner
        self.user = user or PartnerMemberFactory.create(partner=partner)
        self.client = Client()
        sign_in(self.client, self.user)

    def at(self, path: str = "") -> str:
        """The address of a page of this partner's portal."""
        return f"/portal/{self.partner.pk}/{path}"

    def open(self, path: str = "") -> Page:
        """A page, wherever it leads."""
        return Page(self.client.get(self.at(path), follow=True))

    def form(self, path: str, place: str = "main form.ff-form") -> Form:
        """The form of a page, with what it shows."""
        page = self.open(path)
        assert page.status == 200, f"{path} answers {page.status}"
        for other in page.soup.select("form"):
            if other not in page.soup.select(place):
                other.decompose()
        return Form(page.soup, self.at(path))

    def send(self, form: Form, **more: Any) -> Page:
        """Sends a form, with more fields such as the button or a file."""
        return Page(self.client.post(form.address, {**form.fields, **more}, follow=True))

    def post(self, path: str, **fields: Any) -> Page:
        """Sends these fields to an address."""
        return Page(self.client.post(self.at(path), fields, follow=True))

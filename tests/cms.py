"""The CMS through Django's test client: forms are read from the page and sent back as a browser would.

desk = Desk(OfficerFactory.create())
form = desk.form(Partner, partner)       # the edit page, or the add page without an object
form["name"] = "Foundry Lane Press"
form.add("co_offers", partner=other.pk)
desk.send(form, "action-publish").said   # what the page then says
"""

from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.db.models import Model
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.people import sign_in

# The page's main form: by its name in Wagtail's editors, else by its place.
FORMS = ("form#w-editor-form", "form[data-edit-form]", "main form[method=POST]")


class Form:
    """The fields of a page's main form, with the values that it shows."""

    def __init__(self, page: BeautifulSoup, address: str) -> None:
        element = next((found for where in FORMS if (found := page.select_one(where))), None)
        assert element is not None, "the page has no form"
        self.element = element
        self.address = str(element.get("action") or address)
        self.fields: dict[str, list[str]] = {}
        for field in element.select("input[name], select[name], textarea[name]"):
            self._read(field)

    def _read(self, field: Tag) -> None:
        name = str(field["name"])
        if "__prefix__" in name:
            return
        values: list[str] = []
        if field.name == "select":
            options = list(field.select("option[selected]"))
            if not options and field.get("multiple") is None:
                options = list(field.select("option"))[:1]
            values = [str(option.get("value", option.text)) for option in options]
        elif field.name == "textarea":
            values = [field.text.removeprefix("\n")]
        elif field.get("type") in ("checkbox", "radio"):
            values = [str(field.get("value", "on"))] if field.get("checked") is not None else []
        elif field.get("type") not in ("submit", "button", "file"):
            values = [str(field.get("value", ""))]
        if values:
            self.fields.setdefault(name, []).extend(values)

    def __setitem__(self, name: str, value: Any) -> None:
        if value is None or value is False:
            self.fields.pop(name, None)
        elif isinstance(value, list | tuple | set):
            self.fields[name] = [str(one) for one in value]
        else:
            self.fields[name] = ["on" if value is True else str(value)]

    def __getitem__(self, name: str) -> str:
        return self.fields[name][0]

    def add(self, rows: str, **values: Any) -> int:
        """Adds a row to an inline panel; its number."""
        number = int(self[f"{rows}-TOTAL_FORMS"])
        self[f"{rows}-TOTAL_FORMS"] = number + 1
        for name, value in ({"id": "", "ORDER": number + 1} | values).items():
            self[f"{rows}-{number}-{name}"] = value
        return number

    def remove(self, rows: str, number: int) -> None:
        """Marks a row of an inline panel for deletion."""
        self[f"{rows}-{number}-DELETE"] = "on"

    def offered(self, name: str) -> list[str]:
        """The values that a choice offers; empty where it offers none, as a chooser."""
        fields = self.element.select(f'select[name="{name}"] option, input[type=checkbox][name="{name}"]')
        return [str(field.get("value", "")) for field in fields]

    def tag(self, name: str) -> Tag:
        """The field itself."""
        found = self.element.select_one(f'[name="{name}"]')
        assert found is not None, f"no field {name}"
        return found


@dataclass
class Answer:
    """What came back, after all redirects."""

    response: Any

    @property
    def status(self) -> int:
        """The status of the last page."""
        status: int = self.response.status_code
        return status

    @property
    def address(self) -> str:
        """The path of the last page."""
        path: str = self.response.request["PATH_INFO"]
        return path

    @property
    def page(self) -> BeautifulSoup:
        """The last page."""
        return BeautifulSoup(self.response.content.decode(), "html.parser")

    def one(self, where: str) -> Tag:
        """The first element of the last page that a selector finds."""
        found = self.page.select_one(where)
        assert found is not None, f"no {where} on {self.address}"
        return found

    @property
    def said(self) -> str:
        """The messages at the top of the page."""
        return " ".join(found.get_text(" ", strip=True) for found in self.page.select(".messages, [role=status]"))

    @property
    def errors(self) -> dict[str, list[str]]:
        """What stands by the fields of the form that was sent back; under "" what stands by none."""
        form = self.response.context.get("form") if self.response.context else None
        found: dict[str, list[str]] = {}
        if form is not None and form.is_bound:
            found = {"" if name == "__all__" else name: list(errors) for name, errors in form.errors.items()}
            for rows, formset in getattr(form, "formsets", {}).items():
                for number, row in enumerate(formset.forms):
                    found |= {f"{rows}-{number}-{name}": list(errors) for name, errors in row.errors.items()}
                if formset.non_form_errors():
                    found[rows] = list(formset.non_form_errors())
        return found


class Desk:
    """Somebody at the CMS."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.client = Client()
        sign_in(self.client, user)

    def open(self, address: str) -> Answer:
        """A page, wherever it leads."""
        return Answer(self.client.get(address, follow=True))

    def form(self, where: str | type[Model], thing: Model | None = None) -> Form:
        """The form of a page, or of the page that adds or edits a snippet."""
        address = where if isinstance(where, str) else address_of(where, "edit" if thing else "add", thing)
        answer = self.open(address)
        assert answer.status == 200, f"{address} answers {answer.status}"
        assert answer.address == address.partition("?")[0], f"{address} leads to {answer.address}: {answer.said}"
        return Form(answer.page, address)

    def send(self, form: Form, action: str = "", **more: str) -> Answer:
        """Sends the form by one of its buttons."""
        buttons = {action: action} if action else {}
        return Answer(self.client.post(form.address, {**form.fields, **buttons, **more}, follow=True))

    def exported(self, address: str) -> bytes:
        """The file that a list exports."""
        response: Any = self.client.get(address)
        return b"".join(response.streaming_content)

    def post(self, address: str, **fields: str) -> Answer:
        """Sends what was typed to an address."""
        return Answer(self.client.post(address, fields, follow=True))


def address_of(model: type[Model], view: str, *things: Any) -> str:
    """The address of a view on a snippet model."""
    name = model.snippet_viewset.get_url_name(view)  # type: ignore[attr-defined]  # Wagtail puts it there
    return reverse(
        name, args=[thing.pk if isinstance(thing, Model) else thing for thing in things if thing is not None]
    )


def refused(response: HttpResponseBase) -> bool:
    """Whether the CMS turned somebody away: 403, or its way of saying so, by sending to its first page."""
    return response.status_code == 403 or response.headers.get("Location") in ("/admin/", "/sign-in/")

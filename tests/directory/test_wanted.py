"""Notes of what is missing: left by anybody, read and answered by officers, forgotten in time."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from directory.models import WantedNote
from engagement.models import Event
from engagement.tokens import new_token
from taxonomy.models import Audience
from tests.cms import Desk
from tests.directory.reading import Page
from tests.factories import AdministratorFactory, OfficerFactory, term

pytestmark = pytest.mark.django_db

LIST = "/admin/visitors/wanted/"


def send(client: Client, **said: object) -> Any:
    return client.post("/wanted/", said)


def test_a_note_is_kept_and_counted_with_the_search_that_found_nothing(client: Client) -> None:
    token = new_token("foundry")
    page = Page(client.get("/wanted/", {"what": "A foundry for year 9", "s": token.sign()}))
    assert "A foundry for year 9</textarea>" in page.html
    assert f'name="s" value="{token.sign()}"' in page.html
    ks3 = term(Audience, "ks3")
    response = send(
        client, what=" A foundry for year 9 ", audience=ks3.pk, when="in spring", email="t@example.org", s=token.sign()
    )
    assert (response.status_code, response["Location"]) == (303, "/wanted/thanks/")
    note = WantedNote.objects.get()
    assert (note.what, note.audience, note.when, note.email) == (
        "A foundry for year 9", ks3, "in spring", "t@example.org",
    )  # fmt: skip
    assert note.answered_at is None
    event = Event.objects.get()
    assert (event.name, event.data, event.search) == ("action_begun", {"kind": "wanted"}, token.search)
    assert Page(client.get("/wanted/thanks/")).heading == "Thank you for your note"


def test_only_what_is_wanted_must_be_said(client: Client) -> None:
    assert send(client, what="Beekeeping. Ring me on 020 7946 0112.").status_code == 303
    assert WantedNote.objects.get().what == "Beekeeping. Ring me on 020 7946 0112."


def test_mistakes_are_said_and_nothing_typed_is_lost(client: Client) -> None:
    typed = {"what": "x" * 501, "audience": "999999", "when": "w" * 101, "email": "nobody"}
    page = Page(send(client, **typed))
    assert page.status == 200
    assert page.title.startswith("Error: ")
    assert page.error("what") == "Shorten this to 500 characters: it has 501."
    assert page.error("audience") == "Choose one from the list."
    assert page.error("when") == "Shorten this to 100 characters: it has 101."
    assert page.error("email") == "Type the whole address, like name@example.org, or leave this empty."
    assert "x" * 501 in page.html
    assert (page.value("when"), page.value("email")) == ("w" * 101, "nobody")
    assert [page.links[words] for words in page.links if words.startswith("Shorten this to 500")] == ["#what"]
    assert Page(send(client, what="  ")).error("what") == "Say what you are looking for."
    assert not WantedNote.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize("text", ["a\x00b", "🐝" * 500, "\ufffe", "<script>alert(1)</script>", "{{ 7|add:7 }}"])
def test_any_text_is_kept_as_it_is_read(client: Client, text: str) -> None:
    assert send(client, what=text).status_code == 303
    assert WantedNote.objects.get().what == text.replace("\x00", "")


def test_too_much_is_refused(client: Client) -> None:
    assert send(client, what="x" * 3_000_000).status_code == 400


def test_what_robots_leave_is_thrown_away(client: Client) -> None:
    response = send(client, what="Cheap watches", homepage="https://watches.example/")
    assert response["Location"] == "/wanted/thanks/"
    assert not WantedNote.objects.exists()
    assert not Event.objects.exists()


def test_a_form_of_another_site_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post("/wanted/", {"what": "A foundry"}).status_code == 403


def test_pages_that_find_nothing_lead_there(client: Client, index: Any) -> None:
    index()
    for address, what in (("/search/?q=xylo+%26+phone", "xylo & phone"), ("/partners/?q=xylophone", "xylophone")):
        page = Page(client.get(address))
        assert "Tell us what is missing" in page.headings
        assert page.hidden("what") == what


def note(what: str = "A foundry", **said: Any) -> WantedNote:
    return WantedNote.objects.create(what=what, made_at=timezone.now(), **said)


@pytest.fixture(params=[OfficerFactory, AdministratorFactory])
def desk(request: pytest.FixtureRequest) -> Desk:
    user: User = request.param.create()
    return Desk(user)


def test_an_officer_answers_and_the_address_is_forgotten(desk: Desk) -> None:
    left = note(email="t@example.org")
    form = desk.form(f"{LIST}edit/{left.pk}/")
    page = desk.open(f"{LIST}edit/{left.pk}/").page.get_text(" ", strip=True)
    assert "t@example.org" in page
    assert "it is deleted as soon as you save" in page
    assert desk.send(form).errors == {"answer": ["Say what came of it."]}
    left.refresh_from_db()
    assert left.email == "t@example.org"
    form["answer"] = "Foundry Lane Press opens one in March."
    desk.send(form, what="Something else", email="other@example.org")
    left.refresh_from_db()
    assert (left.what, left.email, left.answer) == ("A foundry", "", "Foundry Lane Press opens one in March.")
    assert left.answered_by == desk.user
    answered = left.answered_at
    assert answered is not None
    # Putting it better later does not make it answered later.
    form = desk.form(f"{LIST}edit/{left.pk}/")
    form["answer"] = "Foundry Lane Press opens two."
    desk.send(form)
    left.refresh_from_db()
    assert (left.answer, left.answered_at) == ("Foundry Lane Press opens two.", answered)


def test_the_list_has_open_ones_first_and_is_searched_narrowed_and_exported(desk: Desk) -> None:
    note("Answered", answered_at=timezone.now(), answer="Done")
    note("Older", email="t@example.org", when="=1+1")
    note("Newer", audience=term(Audience, "ks3"))

    def shown(query: str = "") -> list[str]:
        return [one.what for one in desk.open(f"{LIST}{query}").response.context["object_list"]]

    assert shown() == ["Newer", "Older", "Answered"]
    assert shown("?q=old") == ["Older"]
    assert shown("?open=true") == ["Newer", "Older"]
    assert shown(f"?audience={term(Audience, 'ks3').pk}") == ["Newer"]
    exported = desk.exported(f"{LIST}?export=csv").decode()
    assert [line.partition(",")[0] for line in exported.splitlines()[1:]] == ["Newer", "Older", "Answered"]
    assert "example.org" not in exported
    assert ",'=1+1," in exported
    assert "Wanted notes: 2" in desk.open("/admin/").page.get_text(" ", strip=True)


def test_nobody_adds_or_deletes_one_in_the_cms(desk: Desk) -> None:
    left = note()
    for view in ("new/", f"delete/{left.pk}/"):
        assert desk.open(f"{LIST}{view}").address == "/admin/"
    assert WantedNote.objects.exists()

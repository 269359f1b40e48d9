"""Lists that were printed or shared: a number, a signed address, 90 days, and nobody behind it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from directory import selectors, services, shared_lists, shortlist
from directory.models import SharedList
from engagement.models import Event
from tests.directory.reading import Page
from tests.factories import AdviserFactory, EditorFactory, OfficerFactory, OpportunityFactory
from tests.people import sign_in

HERE = {"Sec-Fetch-Site": "same-origin"}


def save(client: Client, *keys: int) -> None:
    client.cookies["shortlist"] = shortlist.written(keys)


def share(client: Client, do: str = "share") -> Any:
    return client.post("/shortlist/share/", {"do": do}, headers=HERE)


def address_of(shared: SharedList) -> str:
    return f"/lists/{shared_lists.signed(shared.number)}/"


@given(number=st.text(shared_lists.SIGNS, min_size=6, max_size=6))
def test_a_number_is_read_as_it_is_shown_however_it_is_typed(number: str) -> None:
    shown = shared_lists.shown(number)
    for typed in (shown, shown.lower(), number, f" {shown} ", " ".join(shown)):
        assert shared_lists.typed(typed) == number


def test_numbers_have_no_signs_that_look_alike() -> None:
    numbers = [shared_lists.new_number() for _ in range(200)]
    assert {len(number) for number in numbers} == {6}
    assert not set("".join(numbers)) & set("01IL5SO8BAEU")
    assert len(set(numbers)) == len(numbers)


@given(text=st.text(max_size=20))
def test_what_is_no_number_is_none(text: str) -> None:
    number = shared_lists.typed(text)
    assert number is None or (len(number) == 6 and set(number) <= set(shared_lists.SIGNS))


@given(text=st.text(max_size=80))
def test_no_guess_is_an_address(text: str) -> None:
    assert shared_lists.unsigned(text) is None
    assert shared_lists.unsigned(f"7K2M4Q-{text}") is None
    assert shared_lists.unsigned(shared_lists.signed("7K2M4Q")) == "7K2M4Q"


@pytest.mark.django_db
@pytest.mark.parametrize(("do", "event", "hash_"), [("share", "shared", ""), ("print", "printed", "#print")])
def test_sharing_or_printing_gives_the_list_an_address(client: Client, do: str, event: str, hash_: str) -> None:
    first, second = OpportunityFactory.create(title="First"), OpportunityFactory.create(title="Second")
    gone = OpportunityFactory.create(live=False)
    save(client, second.pk, gone.pk, first.pk)
    response = share(client, do)
    shared = SharedList.objects.get()
    assert shared.opportunities == [second.pk, first.pk]
    assert (response.status_code, response["Location"]) == (303, address_of(shared) + hash_)
    recorded = Event.objects.get()
    assert (recorded.name, recorded.data, recorded.opportunity_id) == (event, {"what": "shortlist"}, None)
    page = Page(Client().get(address_of(shared)))
    assert page.heading == f"List {shared}"
    assert page.headings[1:] == ["Second", "First"] or page.headings[1:3] == ["Second", "First"]
    assert "Take off the list" not in page.text
    assert 'class="ff-qr"' in page.html
    assert " style=" not in page.html
    assert 'content="noindex' in page.html


@pytest.mark.django_db
def test_an_empty_list_is_not_shared(client: Client) -> None:
    save(client, OpportunityFactory.create(live=False).pk)
    assert share(client)["Location"] == "/shortlist/"
    assert not SharedList.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_nothing_of_the_visitor_is_kept(client: Client) -> None:
    save(client, OpportunityFactory.create().pk)
    sign_in(client, OfficerFactory.create())
    share(client)
    fields = {field.name for field in SharedList._meta.get_fields()}
    assert fields == {"id", "number", "opportunities", "made_at"}


@pytest.mark.django_db
def test_a_list_without_its_signature_is_not_there(client: Client) -> None:
    shared = services.share_list([OpportunityFactory.create().pk], timezone.now())
    for part in (shared.number, f"{shared.number}-", f"{shared.number}-x", "", "é-é", "-"):
        response = client.get(f"/lists/{part}/")
        assert response.status_code == 404
        if part:
            assert "Lists live for 90 days" in Page(response).text
    assert client.post(f"/lists/{shared.number}-x/take/", headers=HERE).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("swept", [False, True])
def test_after_ninety_days_a_list_says_that_it_has_ended(client: Client, swept: bool) -> None:
    shared = services.share_list([OpportunityFactory.create().pk], timezone.now() - timedelta(days=89, hours=23))
    assert client.get(address_of(shared)).status_code == 200
    SharedList.objects.update(made_at=timezone.now() - timedelta(days=90, hours=1))
    if swept:
        SharedList.objects.all().delete()
    response = client.get(address_of(shared))
    assert response.status_code == 410
    assert Page(response).heading == "This list has ended"


@pytest.mark.django_db
def test_a_shared_list_becomes_ones_own(client: Client) -> None:
    own, theirs, gone = (OpportunityFactory.create() for _ in range(3))
    shared = services.share_list([gone.pk, theirs.pk], timezone.now())
    gone.unpublish()
    save(client, own.pk)
    page = Page(client.get(address_of(shared)))
    assert "takes the place of the one that you have saved" in page.text
    assert "No longer open" in page.headings
    response = client.post(f"{address_of(shared)}take/", headers=HERE)
    assert response["Location"] == "/shortlist/"
    assert response.cookies["shortlist"].value == str(theirs.pk)
    assert Client().post(f"{address_of(shared)}take/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.django_db
def test_officers_and_advisers_open_a_list_by_the_number_alone(client: Client) -> None:
    shared = services.share_list([OpportunityFactory.create().pk], timezone.now())
    for user in (OfficerFactory.create(), AdviserFactory.create()):
        sign_in(client, user)
        assert Page(client.get("/lists/")).heading == "Open a list by its number"
        assert client.get("/lists/", {"number": f" {str(shared).lower()}"})["Location"] == address_of(shared)
        assert "There is no list 7K2-M4Q." in Page(client.get("/lists/?number=7K2M4Q")).error("number")
        for typed in ("", "7", "7K2-M4Q-7", "\ufffe", "🐝" * 50, '"><script>alert(1)</script>'):
            page = Page(client.get("/lists/", {"number": typed}))
            assert page.error("number") == "Type the six letters and digits of the list, like 7K2-M4Q."
            assert page.value("number") == typed
        assert "Open somebody’s list by its number" in Page(client.get("/shortlist/")).text


@pytest.mark.django_db
def test_others_do_not(client: Client) -> None:
    shared = services.share_list([1], timezone.now())
    for user in (AnonymousUser(), EditorFactory.create()):
        with pytest.raises(PermissionDenied):
            selectors.list_by_number(user, shared.number)
    assert client.get("/lists/", {"number": shared.number})["Location"] == "/sign-in/?next=/lists/"


@pytest.mark.django_db
def test_a_number_that_is_taken_is_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    now: datetime = timezone.now()
    drawn = iter(["7K2M4Q", "7K2M4Q", "9CD3FG"])
    monkeypatch.setattr(services, "new_number", lambda: next(drawn))
    assert [services.share_list([1], now).number for _ in range(2)] == ["7K2M4Q", "9CD3FG"]
    monkeypatch.setattr(services, "new_number", lambda: "7K2M4Q")
    with pytest.raises(IntegrityError):
        services.share_list([1], now)
    assert SharedList.objects.count() == 2

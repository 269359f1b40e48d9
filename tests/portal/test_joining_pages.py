"""Applying to become a partner, on the page: everything typed is kept, and the answer tells nothing about anybody."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from partners.models import PartnerApplication
from tests.factories import PartnerFactory, PartnerMemberFactory, SchoolFactory, SiteFactory, UserFactory
from tests.links import messages_to
from tests.mail import deliver_all
from tests.numbers import examples

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {
    "kind": "cultural",
    "name": "Tallow Gate Printing",
    "website": "tallowgate.example",
    "postcode": "e1 1aa",
    "person_name": "Ines Falk",
    "email": "ines@tallowgate.example",
    "telephone": "020 7946 0112",
    "offers": ["visit", "placement"],
    "idea": "Set and print their own poster.",
    "may_speak": "on",
}


def send(client: Client, **changed: Any) -> Any:
    fields = {name: value for name, value in (SAID | changed).items() if value is not None}
    return client.post("/join/", fields)


def read(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content.decode(), "html.parser")


def problems(answer: Any) -> dict[str, str]:
    links = read(answer).select(".govuk-error-summary a")
    return {str(link["href"]).removeprefix("#"): link.text for link in links}


def test_who_is_new_is_kept_at_the_first_send(client: Client) -> None:
    answer = send(client)
    assert (answer.status_code, answer["Location"]) == (303, "/join/thanks/")
    application = PartnerApplication.objects.get()
    assert (application.website, application.postcode) == ("https://tallowgate.example", "E1 1AA")
    assert application.offers == ["visit", "placement"]
    assert application.same_as is None
    deliver_all()
    assert [message.to for message in mail.outbox] == [["ines@tallowgate.example"]]


@pytest.mark.parametrize("name", [name for name in SAID if name not in ("website", "offers")])
def test_what_is_missing_is_told_and_everything_else_kept(client: Client, name: str) -> None:
    answer = send(client, **{name: None})
    field = "kind_0" if name == "kind" else name
    assert list(problems(answer)) == [field]
    page = read(answer)
    assert page.find(id=field) is not None
    for other in ("name", "website", "postcode", "person_name", "email", "telephone"):
        if other != name:
            assert page.find(id=other)["value"] == SAID[other]  # type: ignore[index]
    ticked = [box["value"] for box in page.select("input[name=offers][checked]")]
    assert ticked == SAID["offers"]
    assert not PartnerApplication.objects.exists()


def test_partners_that_look_alike_are_shown_after_the_first_send_and_one_must_be_chosen(client: Client) -> None:
    here = PartnerFactory.create(name="Tallowgate Print Rooms", website="https://www.tallowgate.example/")
    SiteFactory.create(partner=here, postcode="E1 1AA")
    assert read(client.get("/join/")).select(".ff-candidates") == []
    answer = send(client)
    (shown,) = read(answer).select(".ff-candidate b")[:1]
    assert shown.text == "Tallowgate Print Rooms"
    assert "Same website" in read(answer).select_one(".ff-candidate").text  # type: ignore[union-attr]
    assert problems(answer) == {"same_0": "Choose the partner that looks like you, or say that you are new."}
    assert not PartnerApplication.objects.exists()
    assert send(client, same=str(here.pk)).status_code == 303
    assert PartnerApplication.objects.get().same_as == here


def test_none_of_these_is_an_answer(client: Client) -> None:
    PartnerFactory.create(name="Tallow Gate Printing")
    assert send(client, same="new").status_code == 303
    assert PartnerApplication.objects.get().same_as is None


@pytest.mark.parametrize("same", ["0", "-1", "99999999999999999999", "abc", "new ", ""])
def test_only_one_that_is_shown_can_be_chosen(client: Client, same: str) -> None:
    PartnerFactory.create(name="Tallow Gate Printing")
    PartnerFactory.create(name="Other", pk=0x7FFF, live=False)
    expected = 303 if same.strip() == "new" else 200
    assert send(client, same=same).status_code == expected


def test_a_draft_cannot_be_chosen_by_its_number(client: Client) -> None:
    PartnerFactory.create(name="Tallow Gate Printing")
    draft = PartnerFactory.create(name="Tallow Gate Printing", live=False)
    assert send(client, same=str(draft.pk)).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("postcode", "E1"), ("postcode", "nonsense"), ("postcode", "ZZ9 9ZZ"), ("website", "javascript:alert(1)"),
        ("website", "http://" + "a" * 300 + ".example"), ("website", "not a website"), ("email", "ines"),
        ("kind", "department"), ("kind", "<script>"), ("offers", ["visit", "war"]), ("person_name", "See www.evil.example"),
        ("person_name", "http://evil.example"), ("person_name", "x" * 101), ("name", "x" * 121), ("idea", "x" * 501),
        ("telephone", "0" * 31),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_in_words_and_kept_by_nobody(client: Client, field: str, value: Any) -> None:
    answer = send(client, **{field: value})
    assert answer.status_code == 200
    first = {"kind": "kind_0", "offers": "offers_0"}.get(field, field)
    assert first in problems(answer)
    assert "<script>" not in str(read(answer).find("main"))
    assert not PartnerApplication.objects.exists()


def test_markup_is_shown_as_it_was_typed(client: Client) -> None:
    answer = send(client, name="<b>Press</b>", postcode="E1")
    assert read(answer).find(id="name")["value"] == "<b>Press</b>"  # type: ignore[index]


def test_what_no_database_keeps_is_left_out(client: Client) -> None:
    assert send(client, name="Tallow\x00 Gate").status_code in (303, 400)


def test_robots_are_thanked_and_nothing_is_kept(client: Client) -> None:
    assert send(client, homepage="https://spam.example").status_code == 303
    assert not PartnerApplication.objects.exists()
    assert messages_to(SAID["email"]) == []


def test_the_answer_is_the_same_whether_or_not_the_address_has_an_account(client: Client) -> None:
    UserFactory.create(email="known@example.org")
    PartnerMemberFactory.create(email="partner@example.org")
    answers = {
        (answer.status_code, answer["Location"], client.get(answer["Location"]).content.split(b"<main")[1])
        for answer in (
            send(client, email=f"{who}@example.org", name=f"Quill and ink, {who}")
            for who in ("known", "partner", "never")
        )
    }
    assert len(answers) == 1
    assert [len(messages_to(f"{who}@example.org")) for who in ("known", "partner", "never")] == [1, 1, 1]


@examples(40, 1000)
@given(st.fixed_dictionaries({}, optional={name: st.text(max_size=60) for name in (*SAID, "same", "homepage")}))
def test_whatever_is_sent_there_is_an_answer(said: dict[str, str]) -> None:
    client = Client()
    assert client.post("/join/", said).status_code in (200, 303, 400)
    school = SchoolFactory.create()
    sent = {"first_name": said.get("name", ""), "last_name": said.get("idea", ""), "roles": said.get("offers", "")}
    assert client.post(f"/join/school/{school.pk}/", said | sent).status_code in (200, 303, 400)
    for address in ("/invitation/", "/join/office/"):
        assert client.post(address, {"secret": said.get("name", ""), "answer": "yes"}).status_code in (400, 410)


class TestLimits:
    def test_an_address_applies_three_times_a_day(self, client: Client) -> None:
        seen = [send(client, name=f"Press {number}").status_code for number in range(4)]
        assert seen == [303, 303, 303, 429]
        assert PartnerApplication.objects.count() == 3

    def test_from_one_place_ten_an_hour_and_what_was_typed_stays(self, client: Client) -> None:
        for number in range(10):
            send(client, name=f"Press {number}", email=f"ines{number}@example.org")
        answer = send(client, name="Press 11", email="eleven@example.org")
        assert answer.status_code == 429
        assert read(answer).find(id="name")["value"] == "Press 11"  # type: ignore[index]
        assert "Nothing was kept" in answer.content.decode()
        assert client.post("/join/", SAID, REMOTE_ADDR="192.0.2.9").status_code == 303

    def test_behind_a_proxy_it_is_the_address_that_the_proxy_saw(self, client: Client, settings: Any) -> None:
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        for number in range(12):
            fields = SAID | {"name": f"Press {number}", "email": f"ines{number}@example.org"}
            # What the visitor claims stands before what the proxy adds.
            seen = client.post("/join/", fields, headers={"x-forwarded-for": f"203.0.113.{number}, 192.0.2.7"})
        assert seen.status_code == 429

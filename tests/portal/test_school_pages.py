"""Joining a school and looking after its people, on the pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from schools import people
from schools.models import School, SchoolMembership, StaffApplication
from tests.factories import OfficerFactory, SchoolFactory, StaffApplicationFactory, TeacherFactory, UserFactory
from tests.links import messages_to, secret_sent_to
from tests.people import sign_in

pytestmark = pytest.mark.django_db
OFFICE, ADA = "office@school.example", "ada@school.example"
SAID: dict[str, Any] = {"first_name": "Ada", "last_name": "Byrne", "email": ADA, "roles": ["teacher"]}


@pytest.fixture
def school() -> School:
    return SchoolFactory.create(
        name="Foundry Lane School", office_email=OFFICE, office_email_source="school.example/contact, 2 March"
    )


def send(client: Client, school: School, **changed: Any) -> Any:
    return client.post(f"/join/school/{school.pk}/", SAID | changed)


def main(answer: Any) -> str:
    return str(answer.content.decode().split("<main")[1].split("</main>")[0])


def works_at(email: str, school: School) -> bool:
    return SchoolMembership.objects.filter(user__email=email, school=school, verified_at__isnull=False).exists()


class TestFinding:
    def test_by_name_postcode_and_number_and_only_open_ones(self, client: Client, school: School) -> None:
        SchoolFactory.create(name="Foundry Lane Infants", open=False)
        for words in ("foundry lane", "lane FOUNDRY", "EC2Y", str(school.urn)):
            page = main(client.get("/join/school/", {"q": words}))
            assert "Foundry Lane School" in page
            assert "Infants" not in page

    @pytest.mark.parametrize("words", ["%", "_", "'", "\x00", "x" * 5_000, "9" * 60, "<script>"])
    def test_whatever_is_typed_there_is_an_answer(self, client: Client, words: str) -> None:
        answer = client.get("/join/school/", {"q": words})
        assert answer.status_code in (200, 400)
        if answer.status_code == 200:
            assert "<script>" not in main(answer)

    def test_a_closed_school_and_one_that_is_not_there_are_not_joined(self, client: Client) -> None:
        closed = SchoolFactory.create(open=False)
        for pk in (closed.pk, 999_999, 10**30):
            assert client.get(f"/join/school/{pk}/").status_code == 404
            assert client.post(f"/join/school/{pk}/", SAID).status_code == 404


class TestApplying:
    def test_the_answer_is_the_same_for_everybody(self, client: Client, school: School) -> None:
        UserFactory.create(email="known@school.example")
        TeacherFactory.create(email="colleague@school.example", school=school)
        other = SchoolFactory.create()
        answers = {
            (answer.status_code, answer["Location"])
            for answer in (
                send(client, school, email="known@school.example"),
                send(client, school, email="colleague@school.example"),
                send(client, school, email="never@school.example"),
                send(client, other, email="never@school.example"),
            )
        }
        assert answers == {(303, "/join/school/thanks/")}

    def test_the_office_is_written_to_and_nobody_else(self, client: Client, school: School) -> None:
        send(client, school, office_email="me@evil.example", asked_address="me@evil.example")
        assert messages_to(OFFICE) == ["office-asked"]
        assert messages_to(ADA) == []
        assert messages_to("me@evil.example") == []

    @pytest.mark.parametrize(
        ("field", "value"),
        [("first_name", ""), ("last_name", "Go to http://evil.example"), ("first_name", "x" * 61), ("email", "ada"),
         ("roles", []), ("roles", ["head"]), ("roles", ["teacher", "emperor"]), ("last_name", "a@b"),
         ("first_name", "evil.example")],
    )  # fmt: skip
    def test_what_cannot_be_is_told_and_nobody_is_written_to(
        self, client: Client, school: School, field: str, value: Any
    ) -> None:
        answer = send(client, school, **{field: value})
        assert answer.status_code == 200
        assert "There is a problem" in main(answer)
        assert messages_to(OFFICE) == []

    def test_robots_are_thanked_and_nobody_is_written_to(self, client: Client, school: School) -> None:
        assert send(client, school, homepage="x").status_code == 303
        assert not StaffApplication.objects.exists()

    def test_about_one_school_ten_a_day(self, client: Client, school: School) -> None:
        seen = [
            client.post(
                f"/join/school/{school.pk}/",
                SAID | {"email": f"p{number}@school.example"},
                REMOTE_ADDR=f"192.0.2.{number}",
            ).status_code
            for number in range(11)
        ]
        assert seen == [303] * 10 + [429]


class TestTheOfficesPage:
    def asked(self, client: Client, school: School, **changed: Any) -> str:
        send(client, school, **changed)
        return secret_sent_to(OFFICE)

    def test_one_button_says_yes(self, client: Client, school: School) -> None:
        secret = self.asked(client, school)
        page = main(client.get("/join/office/", {"secret": secret}))
        assert "Yes, this person works here" in page
        assert ADA in page
        assert client.post("/join/office/", {"secret": secret, "answer": "yes"}).status_code == 303
        assert works_at(ADA, school)
        assert "_auth_user_id" not in client.session

    def test_opening_it_changes_nothing_however_often(self, client: Client, school: School) -> None:
        secret = self.asked(client, school)
        for ask in (client.get, client.head) * 3:
            assert ask("/join/office/", {"secret": secret}).status_code == 200
        assert client.post("/join/office/", {"secret": secret}).status_code == 200
        assert client.post("/join/office/", {"secret": secret, "answer": "perhaps"}).status_code == 200
        assert StaffApplication.objects.get().state == "waiting"
        assert not works_at(ADA, school)

    def test_a_form_from_elsewhere_changes_nothing(self, client: Client, school: School) -> None:
        secret = self.asked(client, school)
        elsewhere = Client(enforce_csrf_checks=True)
        assert elsewhere.post("/join/office/", {"secret": secret, "answer": "yes"}).status_code == 403
        assert not works_at(ADA, school)

    def test_an_address_with_another_ending_is_pointed_out(self, client: Client, school: School) -> None:
        like = main(client.get("/join/office/", {"secret": self.asked(client, school)}))
        assert "is not like your office" not in like
        unlike = main(client.get("/join/office/", {"secret": self.asked(client, school, email="ada@schoo1.example")}))
        assert "is not like your office" in unlike
        assert "schoo1.example" in unlike

    def test_nobody_says_yes_to_themselves(self, client: Client, school: School) -> None:
        secret = self.asked(client, school)
        sign_in(client, UserFactory.create(email=ADA))
        page = client.post("/join/office/", {"secret": secret, "answer": "yes"})
        assert "Only the school’s office can answer" in main(page)
        assert not works_at(ADA, school)

    def test_used_altered_and_made_up_links_look_the_same(self, client: Client, school: School) -> None:
        secret = self.asked(client, school)
        client.post("/join/office/", {"secret": secret, "answer": "no"})
        pages = {
            (answer.status_code, main(answer))
            for text in (secret, secret[:-1], "x" * 43, "", "y" * 3_000)
            for answer in (
                client.get("/join/office/", {"secret": text}),
                client.post("/join/office/", {"secret": text, "answer": "yes"}),
            )
        }
        assert len(pages) == 1
        assert next(iter(pages))[0] == 410
        assert not works_at(ADA, school)


class TestThePeoplePage:
    @pytest.fixture
    def lead(self, school: School) -> User:
        return TeacherFactory.create(school=school, school__role="careers_leader")

    def test_a_colleague_confirms_with_the_roles_that_they_choose(
        self, client: Client, school: School, lead: User
    ) -> None:
        send(client, school)
        application = StaffApplication.objects.get()
        sign_in(client, lead)
        assert ADA in main(client.get(f"/school/{school.pk}/people/"))
        where = f"/school/{school.pk}/people/applications/{application.pk}/"
        assert client.post(f"{where}confirm/", {"roles": ["dsl"]}, follow=True).status_code == 200
        assert not works_at(ADA, school)
        client.post(f"{where}confirm/", {"roles": ["senco"]})
        assert SchoolMembership.objects.get(user__email=ADA).role == "senco"

    def test_a_teacher_sees_people_and_nothing_that_waits(self, client: Client, school: School, lead: User) -> None:
        send(client, school)
        people.invite(school, "bo@school.example", ["teacher"], lead)
        sign_in(client, TeacherFactory.create(school=school))
        page = main(client.get(f"/school/{school.pk}/people/"))
        assert lead.email in page
        for hidden in (ADA, "bo@school.example", "Invite a colleague", "Yes, remove"):
            assert hidden not in page

    def steps(self, school: School, lead: User) -> dict[str, dict[str, Any]]:
        application = StaffApplicationFactory.create(school=school)
        invitation = people.invite(school, "bo@school.example", ["teacher"], lead)
        return {
            "invite": {"email": "cy@school.example", "roles": ["teacher"]},
            f"{lead.pk}/remove": {},
            f"invitations/{invitation.pk}/revoke": {},
            f"applications/{application.pk}/confirm": {"roles": ["teacher"]},
            f"applications/{application.pk}/decline": {},
        }

    def as_it_stands(self) -> list[Any]:
        return [
            sorted(SchoolMembership.objects.values_list("user__email", "school", "role", "verified_at")),
            sorted(StaffApplication.objects.values_list("pk", "state")),
            messages_to("cy@school.example"),
        ]

    @pytest.mark.parametrize(
        ("who", "status"),
        [("teacher", 403), ("unverified", 404), ("dsl elsewhere", 404), ("officer", 404), ("nobody", 404)],
    )
    def test_others_change_nothing(self, client: Client, school: School, lead: User, who: str, status: int) -> None:
        steps = self.steps(school, lead)
        makers: dict[str, Callable[[], User]] = {
            "teacher": lambda: TeacherFactory.create(school=school),
            "unverified": lambda: TeacherFactory.create(school=school, school__role="dsl", school__verified=False),
            "dsl elsewhere": lambda: TeacherFactory.create(school__role="dsl"),
            "officer": OfficerFactory.create,
            "nobody": UserFactory.create,
        }
        user = makers[who]()
        before = self.as_it_stands()
        sign_in(client, user)
        seen = client.get(f"/school/{school.pk}/people/").status_code
        assert seen == (200 if who == "teacher" else 404)
        for step, fields in steps.items():
            assert client.post(f"/school/{school.pk}/people/{step}/", fields).status_code == status, step
        assert self.as_it_stands() == before

    def test_what_is_another_schools_is_not_there_by_the_address_of_ones_own(
        self, client: Client, school: School, lead: User
    ) -> None:
        steps = self.steps(school, lead)
        mine = SchoolFactory.create()
        sign_in(client, TeacherFactory.create(school=mine, school__role="dsl"))
        before = self.as_it_stands()
        for step, fields in steps.items():
            if step != "invite":
                assert client.post(f"/school/{mine.pk}/people/{step}/", fields).status_code == 404, step
        assert self.as_it_stands() == before

    def test_one_leaves(self, client: Client, school: School, lead: User) -> None:
        sign_in(client, lead)
        assert client.post(f"/school/{school.pk}/people/leave/").status_code == 303
        assert not works_at(lead.email, school)
        assert client.get(f"/school/{school.pk}/people/").status_code == 404

    def test_where_to_go_is_shown_to_who_works_at_one_school(self, client: Client, school: School, lead: User) -> None:
        sign_in(client, lead)
        assert client.get("/portal/")["Location"] == f"/school/{school.pk}/people/"

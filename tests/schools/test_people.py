"""Who acts for a school: its office vouches for the first, and they for their colleagues. Nobody vouches for themselves."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.invitations import accept_invitation
from accounts.models import User
from engagement.retention import apply_retention
from notices.models import Notice
from schools import people
from schools.models import School, SchoolInvitation, SchoolMembership, StaffApplication
from schools.rules import is_verified_school_staff
from schools.services import save_school
from tests.factories import OfficerFactory, SchoolFactory, StaffApplicationFactory, TeacherFactory, UserFactory
from tests.links import messages_to, secret_sent_to
from tests.side_by_side import at_once

pytestmark = pytest.mark.django_db
OFFICE, ADA = "office@school.example", "ada@school.example"


@pytest.fixture
def school() -> School:
    return SchoolFactory.create(
        name="Foundry Lane School", office_email=OFFICE, office_email_source="school.example/contact, 2 March"
    )


def applied(school: School, email: str = ADA, **fields: object) -> StaffApplication:
    return people.apply(StaffApplicationFactory.build(school=school, email=email, **fields))


def confirmed(school: School) -> list[tuple[str, str]]:
    rows = SchoolMembership.objects.filter(school=school, verified_at__isnull=False)
    return sorted(rows.values_list("user__email", "role"))


class TestTheOffice:
    def test_the_first_is_confirmed_by_the_office_and_by_nobody_before(self, school: School) -> None:
        applied(school, roles=["careers_leader", "teacher"])
        assert messages_to(OFFICE) == ["office-asked"]
        assert messages_to(ADA) == []
        assert not User.objects.filter(email=ADA).exists()
        people.answer_as_office(secret_sent_to(OFFICE), works_here=True)
        assert confirmed(school) == [(ADA, "careers_leader"), (ADA, "teacher")]
        user = User.objects.get(email=ADA)
        assert user.get_full_name() == "Ada Byrne"
        assert is_verified_school_staff(user)
        assert messages_to(ADA) == ["staff-confirmed"]
        assert messages_to(OFFICE) == ["office-asked", "office-told"]

    def test_an_address_that_the_applicant_typed_is_never_asked(self, school: School) -> None:
        applied(school, email="office@schoo1.example")
        assert set(Notice.objects.values_list("address", flat=True)) == {OFFICE}

    def test_without_an_address_of_the_office_nobody_is_asked_until_an_officer_has_recorded_one(self) -> None:
        school = SchoolFactory.create()
        application, officer = applied(school), OfficerFactory.create()
        assert not Notice.objects.exists()
        with pytest.raises(ValidationError, match="Record the address"):
            people.ask_office(application, officer)
        school.office_email, school.office_email_source = OFFICE, "school.example, 2 March"
        save_school(school, officer)
        people.ask_office(application, officer)
        assert messages_to(OFFICE) == ["office-asked"]

    def test_an_address_of_an_office_needs_its_source(self) -> None:
        school = SchoolFactory.create()
        school.office_email = OFFICE
        with pytest.raises(ValidationError, match="where the school publishes"):
            save_school(school)

    def test_no_is_told_to_who_applied_and_opens_nothing(self, school: School) -> None:
        applied(school)
        people.answer_as_office(secret_sent_to(OFFICE), works_here=False)
        assert confirmed(school) == []
        assert not User.objects.filter(email=ADA).exists()
        assert messages_to(ADA) == ["staff-declined"]

    @pytest.mark.parametrize("works_here", [True, False])
    def test_a_link_answers_once(self, school: School, works_here: bool) -> None:
        applied(school)
        secret = secret_sent_to(OFFICE)
        assert people.answer_as_office(secret, works_here=works_here) is not None
        before = confirmed(school)
        assert people.answer_as_office(secret, works_here=not works_here) is None
        assert confirmed(school) == before

    def test_a_link_works_for_fourteen_days(self, school: School) -> None:
        application = applied(school)
        secret = secret_sent_to(OFFICE)
        assert application.ends_at is not None
        with time_machine.travel(application.ends_at - timedelta(seconds=1), tick=False):
            assert people.find_asked(secret) == application
        with time_machine.travel(application.ends_at, tick=False):
            assert people.answer_as_office(secret, works_here=True) is None
        assert confirmed(school) == []

    def test_a_new_link_makes_the_earlier_one_useless(self, school: School) -> None:
        application = applied(school)
        first = secret_sent_to(OFFICE)
        people.ask_office(application, OfficerFactory.create())
        assert people.answer_as_office(first, works_here=True) is None
        assert people.answer_as_office(secret_sent_to(OFFICE), works_here=True) is not None

    def test_a_link_to_an_address_that_was_corrected_since_is_void(self, school: School) -> None:
        applied(school)
        secret = secret_sent_to(OFFICE)
        School.objects.update(office_email="office@foundrylane.example")
        assert people.answer_as_office(secret, works_here=True) is None
        School.objects.update(office_email="")
        assert people.answer_as_office(secret, works_here=True) is None

    def test_a_school_that_closed_takes_nobody(self, school: School) -> None:
        applied(school)
        secret = secret_sent_to(OFFICE)
        School.objects.update(open=False)
        assert people.answer_as_office(secret, works_here=True) is None
        school.refresh_from_db()
        with pytest.raises(ValidationError, match="closed"):
            applied(school, email="bo@school.example")

    @pytest.mark.parametrize("secret", ["", "guessed", "\x00", "a" * 5_000])
    def test_no_other_text_answers(self, school: School, secret: str) -> None:
        applied(school)
        assert people.answer_as_office(secret, works_here=True) is None

    def test_an_office_is_asked_by_itself_about_five_people_a_day(self, school: School) -> None:
        for number in range(8):
            applied(school, email=f"person{number}@school.example")
        assert messages_to(OFFICE) == ["office-asked"] * 5
        assert StaffApplication.objects.filter(state="waiting").count() == 8

    def test_sent_again_while_it_waits_it_is_one_and_what_was_said_first_stands(self, school: School) -> None:
        first = applied(school)
        again = applied(school, email=ADA.upper(), first_name="Mallory", roles=["dsl"])
        assert again == first
        assert (again.first_name, again.roles) == ("Ada", ["teacher"])
        assert messages_to(OFFICE) == ["office-asked"]


class TestColleagues:
    @pytest.mark.parametrize("role", ["careers_leader", "visits_coordinator", "dsl"])
    def test_they_are_asked_in_place_of_the_office_and_choose_the_roles(self, school: School, role: str) -> None:
        lead = TeacherFactory.create(school=school, school__role=role)
        application = applied(school, roles=["teacher"])
        assert messages_to(OFFICE) == []
        assert messages_to(lead.email) == ["staff-waiting"]
        people.confirm(application, ["senco"], lead)
        assert (ADA, "senco") in confirmed(school)
        assert (ADA, "teacher") not in confirmed(school)

    def test_a_message_to_colleagues_holds_nothing_that_was_typed(self, school: School) -> None:
        lead = TeacherFactory.create(school=school, school__role="dsl")
        applied(school, first_name="Click", last_name="Evil")
        notice = Notice.objects.get(address=lead.email)
        assert "Evil" not in notice.text + notice.html + notice.subject
        assert ADA not in notice.text + notice.html

    @pytest.mark.parametrize("role", ["teacher", "senco"])
    def test_where_nobody_may_confirm_the_office_is_asked(self, school: School, role: str) -> None:
        colleague = TeacherFactory.create(school=school, school__role=role)
        application = applied(school)
        assert messages_to(OFFICE) == ["office-asked"]
        for act in (
            lambda: people.confirm(application, ["teacher"], colleague),
            lambda: people.decline(application, colleague),
            lambda: people.invite(school, "bo@school.example", ["teacher"], colleague),
        ):
            with pytest.raises(PermissionDenied):
                act()

    @pytest.mark.parametrize("who", ["other school", "unverified", "inactive", "officer", "nobody"])
    def test_nobody_else_confirms(self, school: School, who: str) -> None:
        application = applied(school)
        makers: dict[str, Callable[[], User]] = {
            "other school": lambda: TeacherFactory.create(school__role="dsl"),
            "unverified": lambda: TeacherFactory.create(school=school, school__role="dsl", school__verified=False),
            "inactive": lambda: TeacherFactory.create(school=school, school__role="dsl", is_active=False),
            "officer": OfficerFactory.create,
            "nobody": UserFactory.create,
        }
        user = makers[who]()
        with pytest.raises(PermissionDenied):
            people.confirm(application, ["teacher"], user)
        assert (ADA, "teacher") not in confirmed(school)

    def test_only_a_dsl_or_the_office_makes_a_dsl(self, school: School) -> None:
        leader = TeacherFactory.create(school=school, school__role="careers_leader")
        application = applied(school, roles=["dsl"])
        for act in (
            lambda: people.confirm(application, ["dsl"], leader),
            lambda: people.invite(school, "bo@school.example", ["dsl"], leader),
        ):
            with pytest.raises(ValidationError, match="designated safeguarding lead"):
                act()
        people.confirm(application, ["dsl"], TeacherFactory.create(school=school, school__role="dsl"))
        assert (ADA, "dsl") in confirmed(school)

    def test_what_was_answered_is_not_answered_again(self, school: School) -> None:
        lead = TeacherFactory.create(school=school, school__role="dsl")
        application = applied(school)
        people.decline(application, lead)
        with pytest.raises(ValidationError, match="answered already"):
            people.confirm(application, ["teacher"], lead)
        assert (ADA, "teacher") not in confirmed(school)

    def test_whom_a_colleague_invites_is_confirmed_by_that(self, school: School) -> None:
        lead = TeacherFactory.create(school=school, school__role="visits_coordinator")
        people.invite(school, ADA, ["teacher", "senco"], lead)
        accept_invitation(SchoolInvitation, secret_sent_to(ADA), people.join)
        assert {(ADA, "teacher"), (ADA, "senco")} <= set(confirmed(school))

    def test_whom_an_officer_invites_is_confirmed_by_the_office(self, school: School) -> None:
        people.invite_by_officer(school, ADA, ["careers_leader"], OfficerFactory.create())
        accept_invitation(SchoolInvitation, secret_sent_to(ADA), people.join)
        assert confirmed(school) == []
        assert not is_verified_school_staff(User.objects.get(email=ADA))
        people.answer_as_office(secret_sent_to(OFFICE), works_here=True)
        assert confirmed(school) == [(ADA, "careers_leader")]

    def test_the_invitation_of_a_colleague_who_was_removed_stops_working(self, school: School) -> None:
        lead = TeacherFactory.create(school=school, school__role="dsl")
        other = TeacherFactory.create(school=school, school__role="dsl")
        people.invite(school, ADA, ["teacher"], other)
        people.remove(school, other, lead)
        assert accept_invitation(SchoolInvitation, secret_sent_to(ADA), people.join) is None

    def test_who_lost_the_right_meanwhile_does_not_confirm_by_an_old_link(self, school: School) -> None:
        lead = TeacherFactory.create(school=school, school__role="dsl")
        people.invite(school, ADA, ["teacher"], lead)
        SchoolMembership.objects.filter(user=lead).update(verified_at=None)
        accept_invitation(SchoolInvitation, secret_sent_to(ADA), people.join)
        assert (ADA, "teacher") not in confirmed(school)
        assert messages_to(OFFICE) == ["office-asked"]

    def test_who_is_no_dsl_any_more_makes_no_dsl_by_an_old_link(self, school: School) -> None:
        lead = TeacherFactory.create(school=school, school__role="dsl")
        people.invite(school, ADA, ["dsl"], lead)
        SchoolMembership.objects.filter(user=lead).update(role="careers_leader")
        accept_invitation(SchoolInvitation, secret_sent_to(ADA), people.join)
        assert (ADA, "dsl") not in confirmed(school)

    def test_a_link_of_somebody_whose_account_was_closed_is_void(self, school: School) -> None:
        lead = TeacherFactory.create(school=school, school__role="dsl")
        people.invite(school, ADA, ["teacher"], lead)
        User.objects.filter(pk=lead.pk).update(is_active=False)
        assert accept_invitation(SchoolInvitation, secret_sent_to(ADA), people.join) is None


class TestRemoving:
    def test_removed_they_are_as_everybody_at_once(self, school: School) -> None:
        lead = TeacherFactory.create(school=school, school__role="visits_coordinator")
        teacher = TeacherFactory.create(school=school)
        people.remove(school, teacher, lead)
        assert not is_verified_school_staff(teacher)

    def test_people_leave_by_themselves_and_nobody_else_removes_them(self, school: School) -> None:
        teacher, other = TeacherFactory.create(school=school), TeacherFactory.create(school=school)
        with pytest.raises(PermissionDenied):
            people.remove(school, teacher, other)
        people.remove(school, teacher, teacher)
        assert [email for email, _ in confirmed(school)] == [other.email]

    def test_only_a_dsl_removes_a_dsl(self, school: School) -> None:
        lead = TeacherFactory.create(school=school, school__role="careers_leader")
        dsl = TeacherFactory.create(school=school, school__role="dsl")
        with pytest.raises(ValidationError):
            people.remove(school, dsl, lead)

    def test_other_schools_of_the_person_stay(self, school: School) -> None:
        teacher = TeacherFactory.create(school=school)
        elsewhere = SchoolMembership.objects.create(
            user=teacher, school=SchoolFactory.create(), role="teacher", verified_at=timezone.now()
        )
        people.remove(school, teacher, teacher)
        assert list(teacher.school_memberships.all()) == [elsewhere]


class TestWhatIsKept:
    def test_what_was_typed_goes_with_the_answer_and_the_history_names_nobody(self, school: School) -> None:
        application = applied(school)
        people.answer_as_office(secret_sent_to(OFFICE), works_here=True)
        application.refresh_from_db()
        assert (application.email, application.first_name, application.last_name) == ("", "", "")
        entries = ModelLogEntry.objects.filter(object_id=str(school.pk))
        assert {each.action for each in entries} == {"schools.apply", "schools.ask_office", "schools.confirm_staff"}
        assert not any(ADA in str(each.data) or "Ada" in str(each.data) for each in entries)

    def test_of_an_office_that_does_not_answer_it_goes_a_month_after_the_link(self, school: School) -> None:
        application = applied(school)
        apply_retention(timezone.now() + timedelta(days=45))
        application.refresh_from_db()
        assert (application.email, application.asked_address) == ("", "")


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_the_same_moment_one_counts() -> None:
    school = SchoolFactory.create(office_email=OFFICE, office_email_source="Its page.")
    applied(school)
    secret = secret_sent_to(OFFICE)
    came = at_once(*(lambda yes=yes: people.answer_as_office(secret, works_here=yes) for yes in (True, False) * 2))
    assert sum(isinstance(each, StaffApplication) for each in came) == 1
    assert sum(each is None for each in came) == 3
    assert len(messages_to(ADA)) == 1

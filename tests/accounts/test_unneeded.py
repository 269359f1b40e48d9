"""Accounts that nobody needs: one message a month before, then gone, and the history holds numbers."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from accounts import unneeded
from accounts.models import UNUSED_DAYS, WARNED_DAYS, DepartmentMembership, User
from accounts.tasks import warn_unneeded_accounts
from notices.models import Notice
from tests.accounts.entering import browser, enter
from tests.factories import (
    AdministratorFactory,
    AdviserFactory,
    DepartmentFactory,
    EditorFactory,
    OfficerFactory,
    PartnerMemberFactory,
    RelationshipFactory,
    TeacherFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

#: So that the message and the erasing lie on both sides of a change of the clocks (28 March and 31 October 2027).
SPRING, AUTUMN = datetime(2027, 3, 10, 7, 40, tzinfo=UTC), datetime(2027, 10, 15, 6, 40, tzinfo=UTC)
DAY = timedelta(days=1)
MONTH = timedelta(days=WARNED_DAYS)
QUIET = timedelta(days=UNUSED_DAYS - WARNED_DAYS)


def old(now: datetime, **fields: Any) -> User:
    """Somebody whose account became due for the message at that moment, and who has no place."""
    return UserFactory.create(date_joined=now - QUIET, last_login=None, **fields)


def night(at: datetime) -> None:
    """What the clock does of a day: the message in the morning, and retention in the night after."""
    with time_machine.travel(at, tick=False):
        warn_unneeded_accounts.call()
    with time_machine.travel(at + timedelta(hours=20), tick=False):
        call_command("apply_retention", stdout=StringIO())


def told(user: User) -> int:
    return Notice.objects.filter(kind="account-leaves", address=user.email).count()


def is_here(user: User) -> bool:
    return User.objects.filter(pk=user.pk).exists()


class TestOnce:
    @pytest.mark.parametrize("start", [SPRING, AUTUMN])
    def test_day_by_day_across_a_change_of_the_clocks(self, start: datetime) -> None:
        user = old(start)
        night(start - DAY)
        assert told(user) == 0
        for day in (0, 1, *range(15, 20), *range(28, 33), 59):
            night(start + day * DAY)
            assert told(user) == 1, day
            assert is_here(user) == (day < WARNED_DAYS), day
        words = Notice.objects.get(kind="account-leaves").text
        leaves = (start + MONTH).strftime("%-d %B %Y")
        assert f"we erase it on {leaves}" in " ".join(words.split())

    def test_twice_a_day_and_after_a_gap(self) -> None:
        user = old(SPRING)
        for _ in range(3):
            night(SPRING + 400 * DAY)
        assert told(user) == 1
        # However late it is, the month after the message is theirs.
        assert is_here(user)
        night(SPRING + 429 * DAY)
        assert is_here(user)
        night(SPRING + 700 * DAY)
        night(SPRING + 700 * DAY)
        assert not is_here(user)

    def test_whoever_came_back_is_told_again_two_years_later(self, mailoutbox: Any) -> None:
        user = old(SPRING)
        night(SPRING)
        with time_machine.travel(SPRING + 5 * DAY):
            assert enter(browser(), user, mailoutbox).status_code == 302
        night(SPRING + 40 * DAY)
        assert is_here(user)
        user.refresh_from_db()
        assert user.warned_at is None
        night(SPRING + 5 * DAY + QUIET + DAY)
        assert told(user) >= 1
        user.refresh_from_db()
        assert user.warned_at is not None

    def test_signing_in_on_the_last_day_keeps_the_account(self, mailoutbox: Any) -> None:
        user = old(SPRING)
        night(SPRING)
        with time_machine.travel(SPRING + MONTH - timedelta(minutes=1)):
            enter(browser(), user, mailoutbox)
        with time_machine.travel(SPRING + MONTH + timedelta(minutes=1)):
            call_command("apply_retention", stdout=StringIO())
        assert is_here(user)

    def test_a_closed_account_goes_without_a_message(self) -> None:
        user = old(SPRING, is_active=False)
        for day in range(WARNED_DAYS + 1):
            night(SPRING + day * DAY)
        assert told(user) == 0
        assert not is_here(user)


def with_permission() -> User:
    user = UserFactory.create()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def of_department() -> User:
    return DepartmentMembership.objects.create(user=UserFactory.create(), department=DepartmentFactory.create()).user


def owner_of_a_relationship() -> User:
    user = UserFactory.create()
    RelationshipFactory.create(owner=user)
    return user


class TestNeeded:
    @pytest.mark.parametrize(
        "make",
        [
            OfficerFactory.create,
            EditorFactory.create,
            AdministratorFactory.create,
            AdviserFactory.create,
            PartnerMemberFactory.create,
            TeacherFactory.create,
            with_permission,
            of_department,
            owner_of_a_relationship,
            lambda: User.objects.create_superuser("boss@example.org"),
        ],
    )
    def test_whoever_has_a_place_stays_however_long_they_are_away(self, make: Callable[[], User]) -> None:
        user = make()
        User.objects.filter(pk=user.pk).update(date_joined=SPRING - 4 * QUIET, last_login=SPRING - 3 * QUIET)
        for days in (0, 40, 80):
            night(SPRING + days * DAY)
        assert is_here(user)
        assert told(user) == 0

    def test_a_place_that_comes_after_the_message_keeps_the_account(self) -> None:
        user = old(SPRING)
        night(SPRING)
        DepartmentMembership.objects.create(user=user, department=DepartmentFactory.create())
        # Even if no morning comes in between.
        with time_machine.travel(SPRING + 2 * MONTH, tick=False):
            call_command("apply_retention", stdout=StringIO())
        assert is_here(user)
        night(SPRING + 3 * MONTH)
        user.refresh_from_db()
        assert user.warned_at is None

    def test_a_place_that_was_lost_long_after_the_last_visit_gives_a_month_all_the_same(self) -> None:
        user = PartnerMemberFactory.create(date_joined=SPRING - 4 * QUIET)
        user.partner_memberships.all().delete()
        night(SPRING)
        assert (told(user), is_here(user)) == (1, True)
        night(SPRING + MONTH)
        assert not is_here(user)

    def test_who_signed_in_or_joined_lately_stays(self) -> None:
        lately = UserFactory.create(date_joined=SPRING - 5 * QUIET, last_login=SPRING - QUIET + DAY)
        new = UserFactory.create(date_joined=SPRING - QUIET + DAY)
        night(SPRING)
        assert told(lately) == told(new) == 0

    @pytest.mark.engine_only
    def test_each_place_that_a_room_knows_keeps_accounts(self) -> None:
        """A relation that goes with the account, and is not its own, is a place: whoever adds one says so."""
        own = {"emailaddress", "authenticator", "usersession"}
        going = {
            str(each.get_accessor_name() or each.related_model._meta.label)
            for each in User._meta.related_objects
            if each.on_delete.__name__ == "CASCADE"  # type: ignore[union-attr]  # of a key, never of a list of many
            and each.related_model._meta.app_label not in ("wagtailcore", "wagtailusers", "wagtailadmin")
        }
        mine = {name for name in going if name.removesuffix("_set") in own}
        assert going - mine <= unneeded.places()
        assert {"partner_memberships", "school_memberships"} <= going


class TestWhatIsLeft:
    def test_nothing_of_the_person_but_numbers(self, client: Client) -> None:
        user = old(SPRING, first_name="Perpetua", last_name="Quill", email="perpetua.quill@example.org")
        namesake = UserFactory.create(first_name="Perpetua", last_name="Quillon")
        Authenticator.objects.create(user=user, type="webauthn", data={"name": "Mine", "credential": {}})
        boss = AdministratorFactory.create()
        department = DepartmentFactory.create(name="Planning")
        place = DepartmentMembership.objects.create(user=user, department=department)
        log(instance=user, action="wagtail.edit", user=boss, data={"title": str(user)})
        log(instance=place, action="wagtail.create", user=boss)
        log(instance=department, action="accounts.join", user=user, data={"invitation": 5})
        log(instance=namesake, action="wagtail.edit", user=boss)
        key, address = user.pk, user.email
        place.delete()
        night(SPRING)
        night(SPRING + MONTH)
        assert not is_here(user)
        assert not EmailAddress.objects.filter(email=address).exists()
        assert not Authenticator.objects.filter(user_id=key).exists()
        labels = list(ModelLogEntry.objects.values_list("label", flat=True))
        assert sorted(labels) == ["Account " + str(key), "Perpetua Quillon", "Planning", "Somebody in Planning"]
        entry = ModelLogEntry.objects.get(action="accounts.join")
        assert entry.user_id == key
        held = f"{list(ModelLogEntry.objects.values_list('label', 'data'))}"
        assert address not in held
        assert "Perpetua Quill'" not in held

    def test_the_picture_that_somebody_of_the_cms_had_goes_with_the_account(
        self, settings: Settings, tmp_path: Path, django_capture_on_commit_callbacks: Any
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        user = OfficerFactory.create()
        UserProfile.objects.create(user=user, avatar=SimpleUploadedFile("me.png", b"a face"))
        (picture,) = [path for path in tmp_path.rglob("*") if path.is_file()]
        with django_capture_on_commit_callbacks(execute=True):
            user.delete()
        assert not picture.exists()


def test_who_is_warned_anew_at_the_last_moment_has_the_month_once_more() -> None:
    """Retention has read whom to erase; before it comes to them, they had a place, lost it, and were written to again."""
    with time_machine.travel(SPRING, tick=False) as clock:
        user = old(SPRING)
        warn_unneeded_accounts.call()
        clock.shift(MONTH + DAY)
        User.objects.filter(pk=user.pk).update(warned_at=SPRING + MONTH + DAY)
        chosen = User.objects.filter(pk__in=[user.pk])
        assert unneeded.erase(chosen) == 0
        clock.shift(MONTH + DAY)
        assert unneeded.erase(chosen) == 1

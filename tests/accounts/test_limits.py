"""Limits that all processes share, and the start-up checks that keep them so."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone

from accounts.checks import check_signing_in
from accounts.limits import within
from accounts.models import Attempt
from findfusion.cache import CacheOfTheProcess
from findfusion.tasks import clear_sessions
from portal.views.limits import may_apply
from tests.accounts.entering import ask, browser, enter
from tests.factories import UserFactory
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db

LIMIT = "allauth:rl:somebody"


@pytest.fixture
def another_process() -> CacheOfTheProcess:
    """The cache of a process with a memory of its own."""
    return CacheOfTheProcess("the memory of another process", {})


def test_limits_are_seen_by_every_process_and_nothing_else_is(another_process: CacheOfTheProcess) -> None:
    cache.set(LIMIT, [1, 2], 60)
    cache.set("a-page", "kept here", 60)
    assert another_process.get(LIMIT) == [1, 2]
    assert another_process.get("a-page") is None
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("key", [LIMIT, "a-page"])
def test_each_of_them_is_a_cache_like_any_other(key: str) -> None:
    assert cache.add(key, 1, 60)
    assert not cache.add(key, 2, 60)
    assert cache.incr(key) == 2
    assert key in cache
    assert cache.touch(key, 600)
    with time_machine.travel(timezone.now() + timedelta(seconds=300)):
        assert cache.get(key) == 2
    with time_machine.travel(timezone.now() + timedelta(seconds=900)):
        assert cache.get(key, "gone") == "gone"
    cache.set(key, 3)
    assert cache.delete(key)
    assert not cache.delete(key)
    with pytest.raises(ValueError, match="not found"):
        cache.incr(key)


def test_what_has_run_out_goes_by_night() -> None:
    cache.set("allauth:short", 1, 60)
    cache.set("allauth:long", 1, 90_000)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        call_command("apply_retention")
    assert [attempt.cache_key for attempt in Attempt.objects.all()] == [":1:allauth:long"]


def test_others_count_their_own_tries(settings: Any, rf: RequestFactory) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"apply": "3/h/ip,2/h/key"}
    ada, eve = (rf.post("/", REMOTE_ADDR=f"198.51.100.{host}") for host in (1, 2))
    assert [within(ada, "apply", key="one@example.org") for _ in range(3)] == [True, True, False]
    # One of the three of this place was for another, and so on: the place itself is full now.
    assert not within(ada, "apply", key="two@example.org")
    assert not within(eve, "apply", key="one@example.org")
    assert within(eve, "apply", key="three@example.org")
    assert within(rf.get("/", REMOTE_ADDR="198.51.100.1"), "apply", key="one@example.org")
    assert not Attempt.objects.filter(cache_key__contains="example.org").exists()


def test_a_visitor_is_known_by_the_address_that_the_proxy_saw(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    proxy = browser()
    for number in range(60):
        ask(proxy, f"a{number}@example.org")
    made_up = {"X-Forwarded-For": "203.0.113.9, 203.0.113.1"}
    assert proxy.post("/sign-in/", {"email": "b@example.org"}, headers=made_up).status_code == 302
    for number in range(60):
        written = {"X-Forwarded-For": f"203.0.113.{number}, 203.0.113.1"}
        proxy.post("/sign-in/", {"email": f"c{number}@example.org"}, headers=written)
    assert proxy.post("/sign-in/", {"email": "d@example.org"}, headers=made_up).status_code == 200


def test_one_mailbox_is_one_however_it_is_written(mailoutbox: list[EmailMessage]) -> None:
    """ada+1@… and ada+2@… come to the same person, whom nobody may bury in messages."""
    for number in range(30):
        ask(browser(number), f"Ada+{number}@Example.org")
    deliver_all()
    assert len(mailoutbox) == 5
    # Whose address has a plus gets theirs all the same, and who has none is not kept out by others of the same name.
    ask(browser(40), "ada@another.example")
    ask(browser(41), "eve+work@example.org")
    deliver_all()
    assert [message.to for message in mailoutbox[5:]] == [["ada@another.example"], ["eve+work@example.org"]]


def test_applications_of_one_mailbox_are_counted_together(rf: RequestFactory) -> None:
    tries = [
        may_apply(rf.post("/", REMOTE_ADDR=f"198.51.100.{number}"), "application", f"ada+{number}@example.org")
        for number in range(5)
    ]
    assert tries == [True, True, True, False, False]


def test_what_is_listed_of_devices_goes_with_their_sessions(mailoutbox: list[EmailMessage]) -> None:
    user = UserFactory.create()
    for host in (1, 2):
        enter(browser(host), user, mailoutbox)
    assert UserSession.objects.filter(user=user).count() == 2
    clear_sessions.call()
    assert UserSession.objects.filter(user=user).count() == 2
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        clear_sessions.call()
    assert not UserSession.objects.exists()


class TestChecks:
    def ids(self) -> list[str | None]:
        return [problem.id for problem in check_signing_in()]

    @pytest.mark.parametrize("backend", ["locmem.LocMemCache", "filebased.FileBasedCache", "dummy.DummyCache"])
    def test_limits_of_one_process_are_refused(self, settings: Any, backend: str) -> None:
        settings.DEBUG = False
        assert self.ids() == []
        alone = {"BACKEND": f"django.core.cache.backends.{backend}"}
        settings.CACHES = settings.CACHES | {"shared": alone}
        assert self.ids() == ["accounts.E001"]
        settings.CACHES = {"default": alone}
        assert self.ids() == ["accounts.E001"]
        settings.DEBUG = True
        assert self.ids() == []

    def test_proxies_must_be_counted(self, settings: Any) -> None:
        for behind, count, found in (
            (True, 1, []),
            (True, 2, []),
            (False, 0, []),
            (True, 0, ["accounts.E002"]),
            (False, -1, ["accounts.E002"]),
            (False, 1, ["accounts.W002"]),
        ):
            settings.BEHIND_PROXY, settings.ALLAUTH_TRUSTED_PROXY_COUNT = behind, count
            assert self.ids() == found

"""A message is kept with what it tells of, and sent once, whatever fails."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from smtplib import SMTPServerDisconnected
from unittest.mock import patch

import pytest
import time_machine
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from notices import selectors, services
from notices.catalogue import Kind
from notices.models import Notice
from notices.services import deliver, send
from tests import side_by_side
from tests.factories import AdministratorFactory
from tests.mail import deliver_all
from tests.notices.conftest import CODE, HELLO
from tests.numbers import examples

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)
SENDING = "django.core.mail.backends.locmem.EmailBackend.send_messages"


def kept(kind: Kind = HELLO, key: str = "a", name: str = "Sam") -> Notice:
    notice = send(kind, "sam@example.org", key=key, context={"name": name})
    assert notice is not None
    return notice


@contextmanager
def mail_server_away() -> Iterator[None]:
    with patch(SENDING, side_effect=SMTPServerDisconnected("away")):
        yield


def half_send(notice: Notice) -> None:
    """A process is killed while it sends: the mail may have gone, and nothing was written afterwards."""
    with patch(SENDING, side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        deliver(notice.pk)


def at_once(do: Callable[[int], bool], keys: list[int]) -> list[bool]:
    """What came of each key, done by two threads at the same time, with a database connection each."""
    answers: list[bool] = []
    start = threading.Barrier(2)

    def work() -> None:
        try:
            for key in keys:
                start.wait(timeout=30)
                answers.append(do(key))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_message_waits_and_goes_out_once(mailoutbox: list[EmailMessage]) -> None:
    assert send(HELLO, "Sam@Example.org ", key="a", context={"name": "Sam"}) is not None
    assert send(HELLO, "sam@example.org", key="a", context={"name": "Sam"}) is None
    assert not mailoutbox
    assert deliver_all() == 1
    assert not deliver(Notice.objects.get().pk)
    assert [(message.subject, message.to) for message in mailoutbox] == [("A greeting for Sam", ["sam@example.org"])]
    assert Notice.objects.get().state == Notice.State.SENT


def test_what_is_not_told_after_all_is_not_sent() -> None:
    with transaction.atomic():
        kept()
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_nobody_is_no_address() -> None:
    with pytest.raises(ValueError, match="needs an address"):
        send(HELLO, "  ", key="a", context={})


def test_the_text_says_what_was_meant_and_the_html_is_escaped() -> None:
    notice = kept(name="Hale & <b>Sons</b>")
    assert notice.subject == "A greeting for Hale & <b>Sons</b>"
    assert "Dear Hale & <b>Sons</b>" in notice.text
    assert "Dear Hale &amp; &lt;b&gt;Sons" in notice.html


@examples(30, 500)
@given(name=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=300))
def test_whatever_a_name_holds_the_message_goes_out(name: str) -> None:
    with transaction.atomic():
        notice = kept(name=name)
        assert deliver(notice.pk)
        transaction.set_rollback(True)


def test_attempts_grow_further_apart_until_patience_ends(mailoutbox: list[EmailMessage]) -> None:
    with time_machine.travel(NOW, tick=False) as clock, mail_server_away():
        notice = kept()
        for wait in (1, 5, 30, 120, 720):
            assert not deliver(notice.pk)
            clock.shift(timedelta(minutes=wait, seconds=-1))
            assert not deliver(notice.pk), "it is not tried before its time"
            notice.refresh_from_db()
            assert notice.due_at == timezone.now() + timedelta(seconds=1)
            assert "SMTPServerDisconnected" in notice.problem
            task = DBTaskResult.objects.latest("enqueued_at", "run_after")
            assert task.run_after == notice.due_at
            clock.shift(timedelta(seconds=1))
        assert not deliver(notice.pk)
        notice.refresh_from_db()
        assert (notice.state, notice.attempts) == (Notice.State.FAILED, 6)
        clock.shift(timedelta(days=1))
        assert not deliver(notice.pk)
        assert services.requeue_lost() == 0
    assert not mailoutbox


def test_a_server_that_comes_back_gets_it_once(mailoutbox: list[EmailMessage]) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        notice = kept()
        with mail_server_away():
            deliver(notice.pk)
        clock.shift(timedelta(minutes=1))
        assert deliver(notice.pk)
        assert not deliver(notice.pk)
    notice.refresh_from_db()
    assert (notice.state, notice.problem, notice.attempts) == (Notice.State.SENT, "", 2)
    assert len(mailoutbox) == 1


def test_what_no_mail_program_would_take_fails_at_once() -> None:
    notice = kept()
    Notice.objects.update(subject="One\nBcc: everybody@example.org")
    assert not deliver(notice.pk)
    notice.refresh_from_db()
    assert notice.state == Notice.State.FAILED
    assert notice.attempts == 1


def test_killed_in_between_it_is_not_sent_again_by_itself(mailoutbox: list[EmailMessage]) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        notice = kept()
        half_send(notice)
        for _ in range(3):
            clock.shift(timedelta(hours=1))
            assert services.requeue_lost() == 0
            assert not deliver(notice.pk)
        assert selectors.standing(timezone.now()) == selectors.Standing(late=0, half_sent=1, failed=0)
        assert list(selectors.left_over(timezone.now())) == [notice]
    assert not mailoutbox


def test_an_administrator_sends_what_was_left_and_nothing_else_again(mailoutbox: list[EmailMessage]) -> None:
    administrator = AdministratorFactory.create()
    with time_machine.travel(NOW, tick=False) as clock:
        notice = kept()
        with pytest.raises(ValidationError, match="not left over"):
            services.send_again(notice, administrator)
        half_send(notice)
        with pytest.raises(ValidationError, match="not left over"):
            services.send_again(notice, administrator)
        clock.shift(timedelta(minutes=11))
        services.send_again(notice, administrator)
        entry = ModelLogEntry.objects.get(action="notices.send_again")
        assert (entry.user, entry.label) == (administrator, f"Message {notice.pk}")
        assert deliver(notice.pk)
        with pytest.raises(ValidationError, match="not left over"):
            services.send_again(notice, administrator)
    assert len(mailoutbox) == 1


def test_one_whose_task_got_lost_gets_another(mailoutbox: list[EmailMessage]) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        kept()
        DBTaskResult.objects.all().delete()
        assert services.requeue_lost() == 0, "its task may only be late"
        clock.shift(timedelta(minutes=31))
        assert selectors.standing(timezone.now()).late == 1
        assert services.requeue_lost() == 1
        assert services.requeue_lost() == 0
        assert DBTaskResult.objects.count() == 1
        assert selectors.standing(timezone.now()).late == 1, "it has another task and is no less late"
        assert deliver_all() == 1
        assert selectors.standing(timezone.now()).ok
    assert len(mailoutbox) == 1


def test_one_that_hung_while_it_was_sent_again_is_not_sent_a_third_time(mailoutbox: list[EmailMessage]) -> None:
    """A worker hangs; an administrator sends again; another worker does so; then the first one's connection breaks."""
    with time_machine.travel(NOW, tick=False) as clock:
        notice = kept()
        send_messages = EmailBackend.send_messages

        def hang(backend: EmailBackend, messages: list[EmailMessage]) -> int:
            clock.shift(selectors.STUCK_AFTER + timedelta(minutes=1))
            with patch(SENDING, send_messages):
                services.send_again(Notice.objects.get(), AdministratorFactory.create())
                assert deliver(notice.pk)
            raise SMTPServerDisconnected("away")

        with patch(SENDING, hang):
            assert not deliver(notice.pk)
        clock.shift(timedelta(days=1))
        services.requeue_lost()
        assert deliver_all() == 0
        assert Notice.objects.get().state == Notice.State.SENT
    assert len(mailoutbox) == 1


def test_what_is_switched_off_while_it_waits_is_not_sent_and_can_be_told_later(mailoutbox: list[EmailMessage]) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        notice = kept()
        with mail_server_away():
            deliver(notice.pk)
        services.switch(HELLO, notice.address, off=True)
        clock.shift(timedelta(minutes=2))
        assert not deliver(notice.pk)
        assert selectors.standing(timezone.now()).ok
        assert not Notice.objects.exists()
        services.switch(HELLO, notice.address, off=False)
        assert deliver(kept().pk)
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_switched_off_at_the_moment_of_sending_it_goes_once_or_not_at_all(mailoutbox: list[EmailMessage]) -> None:
    for number in range(5):
        notice, sent_before = kept(key=f"m{number}"), len(mailoutbox)
        came = side_by_side.at_once(
            partial(deliver, notice.pk), partial(services.switch, HELLO, notice.address, off=True)
        )
        assert came[1] is None
        gone = not Notice.objects.filter(pk=notice.pk).exists()
        assert len(mailoutbox) - sent_before == (0 if gone else 1)
        services.switch(HELLO, notice.address, off=False)


Step = tuple[str, str]
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("tell"), st.sampled_from("ab")),
    st.tuples(st.just("work"), st.sampled_from(["up", "up", "away", "killed"])),
    st.tuples(st.just("minutes"), st.sampled_from(["-60", "1", "6", "16", "31", "120", "720"])),
    st.tuples(st.just("lose"), st.just("tasks")),
    st.tuples(st.just("look"), st.just("for lost ones")),
    st.tuples(st.just("ask again"), st.sampled_from("ab")),
)


class Post:
    """A site whose worker, mail server and clock do as they are told; counts what goes out, and what was asked for again."""

    def __init__(self, clock: time_machine.Traveller) -> None:
        self.clock = clock
        self.sent: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()
        self.server = "up"

    def take(self, messages: list[EmailMessage]) -> int:
        """What the mail server does; a process that is killed may have handed the message over."""
        if self.server == "away":
            raise SMTPServerDisconnected("away")
        self.sent.update(str(message.subject) for message in messages)
        if self.server == "killed":
            raise KeyboardInterrupt
        return len(messages)

    def work(self, server: str) -> None:
        """The worker does each task that is due, and has none of them any more."""
        self.server = server
        for task in DBTaskResult.objects.filter(run_after__lte=timezone.now()).order_by("run_after"):
            (key,) = task.args_kwargs["args"]
            task.delete()
            with patch(SENDING, self.take), suppress(KeyboardInterrupt):
                deliver(key)

    def do(self, what: str, how: str) -> None:
        """One step."""
        if what == "tell":
            send(HELLO, "sam@example.org", key=how, context={"name": how})
        elif what == "work":
            self.work(how)
        elif what == "minutes":
            self.clock.shift(timedelta(minutes=int(how)))
        elif what == "lose":
            DBTaskResult.objects.all().delete()
        elif what == "look":
            services.requeue_lost()
        else:
            for notice in Notice.objects.filter(key=how):
                with suppress(ValidationError):
                    services.send_again(notice, None)
                    self.asked[notice.subject] += 1


@examples(40, 1000)
@given(steps=st.lists(STEPS, max_size=14))
def test_in_whatever_order_things_happen_nothing_goes_twice_by_itself_and_nothing_is_forgotten(
    steps: list[Step],
) -> None:
    with time_machine.travel(NOW, tick=False) as clock, transaction.atomic():
        post = Post(clock)
        for step in steps:
            post.do(*step)
            assert all(times <= 1 + post.asked[subject] for subject, times in post.sent.items())
        for _ in range(2):  # the next days, on which the server is up and the clock right
            clock.shift(timedelta(days=1))
            services.requeue_lost()
            post.work("up")
        for notice in Notice.objects.all():
            assert notice.state != Notice.State.WAITING
            assert notice.state != Notice.State.SENT or post.sent[notice.subject]
        assert post.sent.keys() <= set(Notice.objects.values_list("subject", flat=True))
        transaction.set_rollback(True)


@pytest.mark.parametrize("demo", [False, True])
def test_words_that_let_somebody_in_are_kept_in_the_demonstration_alone(settings: LazySettings, demo: bool) -> None:
    settings.DEMO = demo
    for key, away in (("sent", False), ("failed", True)):
        notice = kept(CODE, key)
        if away:
            Notice.objects.filter(pk=notice.pk).update(attempts=5)
            with mail_server_away():
                deliver(notice.pk)
        else:
            assert deliver(notice.pk)
        notice.refresh_from_db()
        assert bool(notice.text and notice.html) is demo
    half_send(left := kept(CODE, "left"))
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert services.forget_stale_secrets() == 1
    left.refresh_from_db()
    assert bool(left.text) is demo
    hello = kept(HELLO)
    deliver(hello.pk)
    hello.refresh_from_db()
    assert hello.text, "what lets nobody in is kept to be read again"


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_what_waits(mailoutbox: list[EmailMessage]) -> None:
    kept()
    call_command("db_worker", queue_name="*", batch=True, interval=0, startup_delay=False, reload=False)
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_time_send_each_once(mailoutbox: list[EmailMessage]) -> None:
    keys = [kept(key=str(number)).pk for number in range(12)]
    assert sorted(at_once(deliver, keys)) == [False] * 12 + [True] * 12
    assert len(mailoutbox) == 12
    assert not Notice.objects.exclude(state=Notice.State.SENT).exists()


@pytest.mark.django_db(transaction=True)
def test_told_by_two_at_the_same_time_it_is_kept_once() -> None:
    keys = list(range(12))
    told = at_once(lambda key: send(HELLO, "sam@example.org", key=str(key), context={"name": "Sam"}) is not None, keys)
    assert sorted(told) == [False] * 12 + [True] * 12
    assert Notice.objects.count() == DBTaskResult.objects.count() == 12

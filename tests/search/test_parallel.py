"""Queries of one search at the same time: every answer comes, and every error, with helpers and without."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from search.engines.embedded import parallel
from search.engines.embedded.parallel import Task

pytestmark = pytest.mark.engine_only


@pytest.fixture(params=[0, 1, 3], ids=["alone", "one helper", "three helpers"])
def helpers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    pool = ThreadPoolExecutor(request.param) if request.param else None
    monkeypatch.setattr(parallel, "_helpers", lambda process: pool)
    yield request.param
    if pool:
        pool.shutdown()


def test_each_task_is_done_once_and_has_its_own_answer(helpers: int) -> None:
    done: list[int] = []

    def square(number: int) -> int:
        done.append(number)
        return number * number

    tasks = [Task(partial(square, number)) for number in range(50)]
    assert [task.answer() for task in reversed(tasks)] == [number * number for number in reversed(range(50))]
    assert sorted(done) == list(range(50))


def test_an_error_comes_to_whoever_wants_the_answer(helpers: int) -> None:
    def fail() -> int:
        raise ValueError("no such field")

    tasks = [Task(fail), Task(lambda: 1)]
    assert tasks[1].answer() == 1
    with pytest.raises(ValueError, match="no such field"):
        tasks[0].answer()


def test_nobody_waits_for_a_helper_that_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    free = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        monkeypatch.setattr(parallel, "_helpers", lambda process: pool)
        pool.submit(free.wait)
        assert Task(threading.current_thread).answer() is threading.current_thread()
        free.set()


def test_a_helper_works_beside_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    with ThreadPoolExecutor(1) as pool:
        monkeypatch.setattr(parallel, "_helpers", lambda process: pool)
        begun = threading.Event()

        def begin() -> threading.Thread:
            begun.set()
            return threading.current_thread()

        task = Task(begin)
        assert begun.wait(10)
        assert task.answer() is not threading.current_thread()

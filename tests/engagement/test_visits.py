"""Which visits count: pure, so every rule by itself."""

import time

import pytest
from crawleruseragents import CRAWLER_USER_AGENTS_DATA
from django.http import HttpRequest

from engagement.catalogue import EventName
from engagement.events import Happening
from engagement.visits import ANYBODY, Visit, Visitor, counted, is_machine
from tests.visitors import BROWSER, CRAWLER

pytestmark = pytest.mark.engine_only

VIEW = Happening(EventName.OPPORTUNITY_VIEWED, opportunity=1, partner=7)
SEARCH = Happening(EventName.SEARCH_PERFORMED)


def visit(method: str = "GET", **headers: str) -> Visit:
    request = HttpRequest()
    named = {"user-agent": BROWSER["user-agent"], **{name.replace("_", "-"): value for name, value in headers.items()}}
    request.META = {f"HTTP_{name.replace('-', '_').upper()}": value for name, value in named.items()}
    return Visit.of(method, request.headers)


def test_a_person_with_a_browser_counts() -> None:
    for each in (visit(), visit("POST"), visit(cache_control="max-age=600"), visit(referer="/search/"), visit(dnt="1")):
        assert counted(each, ANYBODY, [VIEW, SEARCH]) == [VIEW, SEARCH]


@pytest.mark.parametrize(
    "user_agent", ["", "  ", CRAWLER["user-agent"], "curl/8.5.0", "python-requests/2.32", "x" * 9000 + "bot"]
)
def test_what_is_no_browser_does_not(user_agent: str) -> None:
    expected = [VIEW] if user_agent.startswith("xxx") else []
    assert counted(visit(user_agent=user_agent), ANYBODY, [VIEW]) == expected


def test_every_crawler_of_the_list_is_known_by_its_names() -> None:
    names = [name for each in CRAWLER_USER_AGENTS_DATA for name in each["instances"][:1]]
    assert len(names) > 300
    seen = [is_machine(name) for name in names if len(name) <= 300]
    assert all(seen)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_purpose": "prefetch"},
        {"sec_purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"x_purpose": "preview"},
        {"x_moz": "Prefetch"},
        {"cache_control": "max-age=0"},
        {"cache_control": "no-cache"},
        {"cache_control": "Max-Age = 0"},
        {"hx_history_restore_request": "true"},
    ],
)
def test_what_nobody_asked_for_or_asked_for_again_does_not(headers: dict[str, str]) -> None:
    assert not visit(**headers).counts


def test_a_form_that_is_sent_counts_though_browsers_say_max_age_with_it() -> None:
    assert visit("POST", cache_control="max-age=0").counts
    assert not visit("POST", purpose="prefetch").counts


def test_head_and_staff_do_not() -> None:
    assert not visit("HEAD").counts
    assert counted(visit(), Visitor(staff=True), [VIEW, SEARCH]) == []


def test_a_partners_people_count_on_what_is_not_their_own() -> None:
    own = Visitor("partner", partners=frozenset({7, 8}))
    theirs = Happening(EventName.PARTNER_VIEWED, partner=9)
    assert counted(visit(), own, [VIEW, SEARCH, theirs]) == [SEARCH, theirs]


def test_it_costs_microseconds() -> None:
    asked = visit()
    assert asked.counts
    begun = time.perf_counter()
    for _ in range(1000):
        assert asked.counts
    assert time.perf_counter() - begun < 0.1  # a hundred microseconds each; measured: two

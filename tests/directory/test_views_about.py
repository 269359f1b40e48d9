"""The pages about this site say what the site does: events and periods come from the rules themselves."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape, strip_tags

from directory.selectors.about import period_words
from engagement.catalogue import CATALOGUE, EventName
from tests.factories import UserFactory
from tests.people import sign_in

# Plain reading by the ORM: nothing that could differ between databases.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_only]

PAGES = ("/privacy/", "/privacy/young-people/", "/accessibility/")


def words(client: Client, page: str) -> str:
    html = client.get(page).content.decode()
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(strip_tags(re.sub(r"<(li|p|h\d|dt|dd)\b", r" <\1", main)).split())


def test_the_privacy_page_lists_the_whole_catalogue(client: Client) -> None:
    text = words(client, "/privacy/")
    for event in CATALOGUE.values():
        assert escape(event.title) in text
        assert event.purpose in text
        for _, said in event.fields:
            assert said in text


def test_an_event_that_keeps_more_is_on_the_page_at_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    name = EventName.PARTNER_VIEWED
    more = replace(CATALOGUE[name], fields=(("shoes", "the colour of their shoes"),))
    monkeypatch.setitem(CATALOGUE, name, more)
    assert "the colour of their shoes" in words(client, "/privacy/")


@pytest.mark.parametrize("page", ["/privacy/", "/privacy/young-people/"])
def test_periods_are_those_that_are_kept(client: Client, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    text = words(client, page)
    assert "13 months" in text
    assert text.count("90 days") >= 2  # what was searched for, and lists that were shared
    assert "a year in any case" in text or "always after a year" in text
    monkeypatch.setattr("directory.models.shared_list.KEPT_DAYS", 61)
    assert "61 days" in words(client, page)


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "1 days"), (14, "14 days"), (90, "90 days"), (365, "a year"), (1095, "3 years"), (396, "13 months")],
)
def test_periods_are_said_as_people_say_them(days: int, said: str) -> None:
    assert period_words(days) == said


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_whom_to_ask(client: Client, settings: Any, page: str) -> None:
    settings.CONTACT_EMAIL = "ask@example.org"
    assert 'href="mailto:ask@example.org"' in client.get(page).content.decode()
    settings.CONTACT_EMAIL = ""
    assert "Ask the Education Board, which runs it." in words(client, page)
    assert "mailto:" not in client.get(page).content.decode()


@pytest.mark.parametrize("page", ["/", "/search/", "/not-here/", *PAGES])
def test_every_page_leads_to_them(client: Client, settings: Any, tmp_path: Any, page: str) -> None:
    html = client.get(page).content.decode()
    footer = html.partition('<footer class="ff-footer">')[2]
    for each in PAGES:
        assert f'href="{each}"' in footer


@pytest.mark.parametrize("page", ["/search/", "/not-here/"])
def test_whoever_is_signed_in_is_led_to_their_account_and_others_to_sign_in(client: Client, page: str) -> None:
    def ways() -> set[str]:
        return set(re.findall('href="(/sign-in/|/account/)"', client.get(page).content.decode()))

    assert ways() == {"/sign-in/"}
    sign_in(client, UserFactory.create())
    assert ways() == {"/account/"}


@pytest.mark.parametrize("page", PAGES)
def test_what_stands_on_top_leads_to_what_stands_below(client: Client, page: str) -> None:
    html = client.get(page).content.decode()
    contents = html.partition('class="ff-contents"')[2].partition("</nav>")[0]
    anchors = re.findall(r'href="#([^"]+)"', contents)
    headings = re.findall(r'<h2 id="([^"]+)"', html.partition('class="ff-prose')[2].partition("<aside")[0])
    assert anchors == headings
    assert len(anchors) >= 5


def syllables(word: str) -> int:
    word = re.sub(r"(?<=[^aeiouy])e(s|d)?$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def test_the_page_for_young_people_can_be_read_at_nine(client: Client) -> None:
    """By the Flesch-Kincaid formula: the school year in which a text is understood, American; 4 is nine years old."""
    text = words(client, "/privacy/young-people/").partition("What we do not do We")[2]
    sentences = [each for each in re.split(r"[.?!]", text) if each.strip()]
    found = re.findall(r"[A-Za-z’-]+", text)
    grade = 0.39 * len(found) / len(sentences) + 11.8 * sum(map(syllables, found)) / len(found) - 15.59
    assert grade <= 4.5, grade
    assert max(len(each.split()) for each in sentences) <= 25

"""Within moments of a suspension nothing of the partner is anywhere: no page, feed, search result, file or signed link.

It asks for every address that anybody may ask for, as `test_bad_input` lists them, so for new ones too; as a visitor, as
school staff, and as the partner's own people; with the drainer at work as a process of its own, on both engines.
"""

import signal
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import User
from directory.services import share_list
from directory.shared_lists import signed
from notices.addresses import sign as sign_off
from notices.catalogue import INVITATION, STILL_RIGHT
from notices.models import Notice
from opportunities.models import Campaign, Opportunity
from pages.models import CampaignPage, HomePage
from partners import services, still_right
from partners.models import Partner
from partners.people import invite
from search.criteria import SearchCriteria
from search.selectors import search
from tests.contract.engines import own_prefix
from tests.directory.test_bad_input import PUBLIC
from tests.factories import (
    CampaignFactory,
    ContactFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
    SessionFactory,
    SiteFactory,
    TeacherFactory,
    assure,
)
from tests.people import sign_in
from tests.search.processes import PATIENCE_SECONDS, Commands, wait_for
from tests.visitors import BROWSER

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]

#: Seconds within which it must be gone. The target is one; a busy machine gets ten (docs/adr/0013).
SOON = 10
#: Words that stand in what is the partner's and nowhere else, in small letters.
NAME, OWN, HOSTED, SITE, CONTACT = "zephyrquarry", "obsidianknapping", "basaltcarving", "graniteyard", "quillfeather"
WORDS = (NAME, OWN, HOSTED, SITE, CONTACT)
TYPED = (*WORDS, "flint")
ASKED = {
    "search/": [*(f"?q={word}" for word in TYPED), ""],
    "search/results.xlsx": [*(f"?q={word}" for word in TYPED), ""],
    "search/calendar.ics": [f"?q={word}" for word in TYPED],
    "search/suggestions/": [f"?q={word[:6]}" for word in TYPED],
    "partners/": [f"?q={NAME}", ""],
}
#: Where people who are signed in may see more than others.
MORE_FOR_SOME = ("/opportunities/", "/partners/", "/portal/", "/still-right/", "/account/")

#: Where it is looked whether all has come back.
AGAIN = ("/partners/", "/portal/", "/still-right/", "/invitation/", "/lists/", "/sitemap")


class World:
    """The partner and all that it touches, and what does not go with it."""

    def __init__(self) -> None:
        self.partner = PartnerFactory.create(
            name="Zephyrquarry", website="https://zephyrquarry.example/", telephone="020 7946 0177", sectors=["law"]
        )
        assure(self.partner)
        self.campaign: Campaign = CampaignFactory.create(starts_on=timezone.localdate())
        site = SiteFactory.create(partner=self.partner, name="Graniteyard")
        ContactFactory.create(partner=self.partner, name="Zephyrine Quillfeather", is_public=True)
        self.other = PartnerFactory.create(name="Flint Hall")
        dated: dict[str, Any] = {"availability": "dated", "campaign": self.campaign}
        self.own = OpportunityFactory.create(title="Obsidianknapping", offered_by=self.partner, site=site, **dated)
        self.hosted = OpportunityFactory.create(
            title="Basaltcarving", offered_by=self.other, hosted_by=self.partner, **dated
        )
        self.together = OpportunityFactory.create(
            title="Flint together", offered_by=self.other, with_partners=[self.partner], leads_to=[self.own], **dated
        )
        self.sessions = [
            SessionFactory.create(opportunity=each, capacity=30, taken=20)
            for each in (self.own, self.hosted, self.together)
        ]
        self.shared = share_list([each.pk for each in self.offers], timezone.now())
        home = HomePage.objects.get()
        home.campaign = self.campaign
        home.save()
        self.page = home.add_child(
            instance=CampaignPage(
                title="Season", slug="season", campaign=self.campaign, headline="Meet", lead="A week."
            )
        )
        self.member: User = PartnerMemberFactory.create(partner=self.partner)
        self.link = still_right.sign(self.partner)
        invite(self.partner, "new@example.org", "member", None)
        self.secret = Notice.objects.get(kind=INVITATION.slug).text.partition("?secret=")[2].split()[0]

    @property
    def offers(self) -> tuple[Opportunity, Opportunity, Opportunity]:
        """What it offers, what it hosts for another, and what another offers together with it, which stays."""
        return self.own, self.hosted, self.together

    def addresses(self) -> list[str]:
        """Every address that anybody may ask for, of each of its opportunities and of the partner."""
        found = []
        for opportunity, session in zip(self.offers, self.sessions, strict=True):
            names = {
                "pk": opportunity.pk, "slug": opportunity.slug, "session": session.pk, "partner": self.partner.pk,
                "partner_slug": self.partner.slug,
            }  # fmt: skip
            for route, address in PUBLIC.items():
                if {name for _, name, _, _ in Formatter().parse(address) if name} <= set(names):
                    found += [address.format(**names) + query for query in ASKED.get(route, [""])]
        found += ["/sitemap-partners.xml", "/sitemap-opportunities.xml", self.page.url, "/account/messages/"]
        found += [f"/lists/{signed(self.shared.number)}/", f"/still-right/{self.link}/"]
        found += [f"/invitation/?secret={self.secret}"]
        found += [f"/messages/switch-off/?m={sign_off(STILL_RIGHT, self.member.email)}"]
        return list(dict.fromkeys(found))


def told(client: Client, address: str) -> str:
    """All that an address gives, with where it leads, in small letters; nothing of what was asked in the address itself."""
    response = client.get(address, follow=address.startswith("/o/"))
    body = b"".join(getattr(response, "streaming_content", None) or [response.content])
    if "spreadsheet" in response.get("Content-Type", ""):
        cells = [str(cell.value) for sheet in load_workbook(BytesIO(body)) for row in sheet.iter_rows() for cell in row]
        return without_what_was_asked(" ".join(cells).lower(), address)
    text = f"{response.get('Location', '')} {body.decode(errors='replace')}".replace("\r\n ", "").lower()
    # What was typed into the search box is shown there again, and says nothing of what was found.
    return without_what_was_asked(text, address)


def without_what_was_asked(text: str, address: str) -> str:
    """A page without the words that stand in it because somebody typed them."""
    typed = address.partition("?q=")[2]
    return text.replace(typed, "") if typed else text


def visitors(world: World) -> dict[str, Client]:
    """Who asks: a visitor with a shortlist, school staff, and the partner's own people, signed in before."""
    found = {name: Client(headers=BROWSER) for name in ("visitor", "teacher", "member")}
    for opportunity in world.offers:
        found["visitor"].post("/shortlist/change/", {"add": opportunity.pk}, headers={"sec-fetch-site": "same-origin"})
    sign_in(found["teacher"], TeacherFactory.create())
    sign_in(found["member"], world.member)
    return found


def all_told(world: World, who: dict[str, Client], where: tuple[str, ...] = ("/",)) -> dict[tuple[str, str], set[str]]:
    """Who is told which of the words where: a visitor at every address, the others where they may see more."""
    found = {}
    for name, client in who.items():
        for address in [*world.addresses(), f"/portal/{world.partner.pk}/"]:
            if not address.startswith(where) or (name != "visitor" and not address.startswith(MORE_FOR_SOME)):
                continue
            text = told(client, address)
            if seen := {word for word in WORDS if word in text}:
                found[name, address] = seen
    return found


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def commands(
    request: pytest.FixtureRequest, process_environment: dict[str, str], tmp_path: Path, settings: LazySettings
) -> Commands:
    """The commands of a site with this engine, on an index of the test's own."""
    root = tmp_path / "index"
    environment = {**process_environment, "SEARCH_INDEX_DIR": str(root), "SEARCH_ENGINE": request.param}
    settings.SEARCH_INDEX_DIR, settings.SEARCH_ENGINE = root, request.param
    if request.param == "elasticsearch":
        url, prefix = request.getfixturevalue("elasticsearch_url"), own_prefix()
        settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_INDEX_PREFIX = [url], prefix
        settings.ELASTICSEARCH_TIMEOUT = 10.0  # a busy machine is no outage
        environment |= {"ELASTICSEARCH_URL": url, "ELASTICSEARCH_INDEX_PREFIX": prefix}
    return Commands(environment, root)


@pytest.fixture
def drainer(commands: Commands) -> Iterator[Callable[[], None]]:
    """Starts the drainer; it runs until the test ends."""
    started = []

    def start() -> None:
        started.append(commands.start("drain_changes", "--poll", "0.05"))

    yield start
    for process in started:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=PATIENCE_SECONDS)
        if process.stdout:
            process.stdout.close()


def found(word: str) -> list[str]:
    """What a search finds."""
    return [hit.card.title.lower() for hit in search(SearchCriteria(text=word)).hits]


def is_found(*words: str) -> bool:
    """Whether a search for each finds what is called so."""
    return all(word in found(word) for word in words)


@pytest.mark.slow
def test_nothing_of_a_suspended_partner_is_anywhere_and_all_of_it_comes_back(
    commands: Commands, drainer: Callable[[], None], settings: LazySettings
) -> None:
    settings.DEMO = False
    world = World()
    assert commands.run("rebuild_index")[0] == 0
    drainer()
    who = visitors(world)
    wait_for(lambda: is_found(OWN, HOSTED))
    before = all_told(world, who)
    for word in WORDS:
        assert sum(word in words for words in before.values()) >= 2, f"the search below could not find {word}"
    for link in ("/still-right/", "/invitation/?", "/lists/"):
        assert any(address.startswith(link) for _, address in before), f"{link} leads nowhere before either"
    assert len({address for _, address in before}) >= 45, "the search below looks at what it should"

    services.suspend(Partner.objects.get(pk=world.partner.pk), OfficerFactory.create(), "A concern.")
    wait_for(lambda: not found(OWN) and not found(HOSTED) and not found(NAME), SOON)
    wait_for(lambda: NAME not in told(who["visitor"], f"/search/suggestions/?q={NAME[:6]}"), SOON)
    assert all_told(world, who) == {}
    assert found("flint") == ["flint together"], "what another offers together with it stays"

    services.lift_suspension(Partner.objects.get(pk=world.partner.pk), OfficerFactory.create(), "All is well.")
    wait_for(lambda: is_found(OWN, HOSTED), SOON)
    sign_in(who["member"], User.objects.get(pk=world.member.pk))
    # Its pages, its list and its link again, to see that what was gone comes back; all the rest would take as long again.
    assert all_told(world, who, AGAIN) == {key: words for key, words in before.items() if key[1].startswith(AGAIN)}

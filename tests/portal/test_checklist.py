"""What is missing stands beside the draft, and each line leads to the very field that mends it."""

import pytest
from bs4 import Tag

from opportunities.kinds import Kind
from opportunities.models import Opportunity
from opportunities.steps import STEPS
from portal.composing.places import place_of
from tests.cms import Answer
from tests.factories import OpportunityFactory, PartnerFactory, SiteFactory
from tests.kinds import each_kind
from tests.portal.moderated import sent

from .composing import Author

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> Author:
    made = Author()
    SiteFactory.create(partner=made.partner)
    OpportunityFactory.create(offered_by=made.partner, hosted_by=PartnerFactory.create())
    return made


def led_to(author: Author, *links: str) -> list[Tag]:
    """The controls to which links lead; each page is opened once."""
    pages = {address: author.open(address).page for address in {link.partition("#")[0] for link in links}}
    controls: list[Tag] = []
    for link in links:
        address, _, anchor = link.partition("#")
        found = pages[address].select(f"[id='{anchor}']")
        assert len(found) == 1, f"{link} leads to {len(found)} things"
        assert found[0].name in {"input", "select", "textarea"}, f"{link} leads to no field"
        controls += found
    return controls


def missing(answer: Answer) -> dict[str, str]:
    """The lines of the standard that are not met -> where each leads."""
    lines = answer.page.select(".ff-quality__no")
    said = {line.select("span")[0].get_text(" ", strip=True).removeprefix("Missing: "): line for line in lines}
    return {words: str(link["href"]) if (link := line.select_one("a")) else "" for words, line in said.items()}


def test_each_line_of_the_standard_leads_to_what_meets_it(author: Author) -> None:
    draft = author.begin("placement")
    for page in ("", "step/what/"):
        lines = missing(author.open(author.at(draft, page)))
        assert len(lines) == 8
        documents = f"/portal/{author.partner.pk}/documents/"
        assert [link for link in lines.values() if link == documents] == [documents, documents]
        fields = [str(each["name"]) for each in led_to(author, *(link for link in lines.values() if link != documents))]
        assert fields == [
            "tasks", "supervisor_role", "days_and_hours", "skill_items-0-tag", "access-0-feature", "expenses",
        ]  # fmt: skip
        assert author.client.get(documents).status_code == 200


def test_what_is_met_leads_nowhere(author: Author) -> None:
    draft = author.begin("placement")
    answer = author.write(draft, "work", tasks="Set type.", supervisor_role="Senior printer")
    assert not answer.page.select(".ff-quality__yes a")
    assert len(missing(answer)) == 6


def test_documents_of_another_host_are_not_ours_to_send(author: Author) -> None:
    draft = OpportunityFactory.create(
        kind="placement", offered_by=author.partner, hosted_by=PartnerFactory.create(), live=False
    )
    lines = missing(author.open(author.at(draft)))
    assert [title for title, link in lines.items() if "insurance" in title or "Risk" in title]
    assert not [link for link in lines.values() if link.endswith("/documents/")]


def test_while_officers_read_it_nothing_leads_into_the_steps(author: Author) -> None:
    draft = OpportunityFactory.create(kind="placement", offered_by=author.partner, live=False)
    sent(draft, author.user)
    lines = missing(author.open(author.at(draft)))
    assert lines
    assert not [link for link in lines.values() if "/step/" in link]


@each_kind
def test_whatever_a_kind_asks_can_be_led_to(author: Author, kind: Kind) -> None:
    draft = author.begin(kind)
    names = [name for step in STEPS[kind] for name in step.names if name != "campaign"]
    assert len(led_to(author, *(place_of(draft, name) for name in names))) == len(names)


@each_kind
def test_what_keeps_it_from_being_sent_leads_to_its_field(author: Author, kind: Kind) -> None:
    draft: Opportunity = author.begin(kind)
    lines = author.open(author.at(draft)).page.select(".ff-verdict li")
    assert len(lines) >= 2
    links = {line.get_text(): line.select_one("a") for line in lines}
    assert None not in links.values(), links
    assert led_to(author, *(str(link["href"]) for link in links.values() if link))

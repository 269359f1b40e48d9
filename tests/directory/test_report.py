"""Reports of problems: first whom to ring, then a short form; officers see concerns first."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from directory.models import ProblemReport
from opportunities.models import Opportunity
from tests.cms import Desk
from tests.directory.reading import Page
from tests.factories import EditorFactory, OfficerFactory, OpportunityFactory, PartnerFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/visitors/reports/"


def address(subject: Any) -> str:
    return f"{subject.get_absolute_url()}report/"


@pytest.fixture
def opportunity() -> Opportunity:
    partner = PartnerFactory.create(name="Foundry Lane Press")
    return OpportunityFactory.create(title="Set, ink, pull", offered_by=partner)


def test_pages_lead_to_a_form_that_says_first_whom_to_ring(client: Client, opportunity: Opportunity) -> None:
    for subject in (opportunity, opportunity.offered_by):
        assert Page(client.get(subject.get_absolute_url())).links["Report a problem"] == address(subject)
        page = Page(client.get(address(subject)))
        assert page.heading == "Report a problem"
        assert page.text.index("ring 999") < page.text.index("What kind of problem is it?")
        assert "designated safeguarding lead (DSL)" in page.text
        assert "local authority designated officer (LADO)" in page.text
        assert str(subject) in page.text


def test_a_report_is_about_an_opportunity_and_who_offers_it(client: Client, opportunity: Opportunity) -> None:
    response = client.post(address(opportunity), {"kind": "wrong", "what": "It has moved.", "email": "t@example.org"})
    assert (response.status_code, response["Location"]) == (303, "/report/thanks/")
    report = ProblemReport.objects.get()
    assert (report.opportunity, report.partner) == (opportunity, opportunity.offered_by)
    assert (report.kind, report.what, report.email) == ("wrong", "It has moved.", "t@example.org")
    client.post(address(opportunity.offered_by), {"kind": "no_answer", "what": "Nobody rings back."})
    report = ProblemReport.objects.get(kind="no_answer")
    assert (report.opportunity, report.partner, report.email) == (None, opportunity.offered_by, "")


def test_a_concern_is_told_once_more_whom_to_ring(client: Client, opportunity: Opportunity) -> None:
    response = client.post(address(opportunity), {"kind": "concern", "what": "I saw something."})
    assert "ring 999" in Page(client.get(response["Location"])).text
    assert "ring 999" not in Page(client.get("/report/thanks/")).text


def test_mistakes_are_said_and_nothing_typed_is_lost(client: Client, opportunity: Opportunity) -> None:
    page = Page(client.post(address(opportunity), {"kind": "concern", "what": "", "email": "nobody"}))
    assert (page.error("what"), page.error("kind")) == ("Say what is wrong.", "")
    assert page.links["Type the whole address, like name@example.org, or leave this empty."] == "#email"
    assert 'value="concern" checked' in page.html
    assert page.value("email") == "nobody"
    page = Page(client.post(address(opportunity), {"kind": "<b>", "what": "y" * 2001}))
    assert page.error("kind") == "Choose one from the list."
    assert page.links["Choose one from the list."] == "#kind_0"
    assert page.error("what") == "Shorten this to 2000 characters: it has 2001."
    page = Page(client.post(address(opportunity), {}))
    assert page.error("kind") == "Choose what kind of problem it is."
    assert not ProblemReport.objects.exists()


def test_what_robots_leave_is_thrown_away(client: Client, opportunity: Opportunity) -> None:
    said = {"kind": "other", "what": "Cheap watches", "homepage": "x"}
    assert client.post(address(opportunity), said)["Location"] == "/report/thanks/"
    assert not ProblemReport.objects.exists()


def test_only_what_is_public_is_reported(client: Client, opportunity: Opportunity) -> None:
    hidden = OpportunityFactory.create(live=False)
    for subject in (hidden, PartnerFactory.create(live=False)):
        assert client.get(address(subject)).status_code == 404
        assert client.post(address(subject), {"kind": "wrong", "what": "x"}).status_code == 404
    assert client.get(f"/opportunities/{opportunity.pk}-another/report/")["Location"] == address(opportunity)
    assert client.get(f"/opportunities/{'9' * 30}-x/report/").status_code == 404


def report(what: str, days: int = 0, **said: Any) -> ProblemReport:
    said = {"kind": "wrong", "made_at": timezone.now() - timedelta(days=days)} | said
    return ProblemReport.objects.create(what=what, **said)


def test_officers_see_open_concerns_first(opportunity: Opportunity) -> None:
    report("Settled concern", kind="concern", settled_at=timezone.now())
    report("Older", days=3, opportunity=opportunity, partner=opportunity.offered_by, email="t@example.org")
    report("Open concern", days=5, kind="concern")
    report("Newer", days=1)
    desk = Desk(OfficerFactory.create())

    def shown(query: str = "") -> list[str]:
        return [one.what for one in desk.open(f"{LIST}{query}").response.context["object_list"]]

    assert shown() == ["Open concern", "Newer", "Older", "Settled concern"]
    assert shown("?open=true&kind=concern") == ["Open concern"]
    assert shown("?q=set%2C+ink") == ["Older"]
    exported = desk.exported(f"{LIST}?export=csv").decode()
    assert "Set, ink, pull" in exported
    assert "example.org" not in exported
    front = desk.open("/admin/").page.get_text(" ", strip=True)
    assert "Worried about somebody’s safety: 1" in front
    assert "Problem reports besides: 2" in front
    assert "From visitors" not in Desk(EditorFactory.create()).open("/admin/").page.get_text(" ", strip=True)


def test_settling_forgets_the_address(opportunity: Opportunity) -> None:
    made = report("It has moved.", email="t@example.org", opportunity=opportunity, partner=opportunity.offered_by)
    desk = Desk(OfficerFactory.create())
    form = desk.form(f"{LIST}edit/{made.pk}/")
    form["outcome"] = "The partner mended it."
    desk.send(form)
    made.refresh_from_db()
    assert (made.email, made.outcome, made.settled_by) == ("", "The partner mended it.", desk.user)
    assert made.settled_at is not None
    assert made.what == "It has moved."
    for view in ("new/", f"delete/{made.pk}/"):
        assert desk.open(f"{LIST}{view}").address == "/admin/"


def test_a_report_outlives_what_it_is_about(opportunity: Opportunity) -> None:
    made = report("It has moved.", opportunity=opportunity, partner=opportunity.offered_by)
    opportunity.delete()
    made.refresh_from_db()
    assert made.opportunity is None

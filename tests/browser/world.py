"""The world that browser tests look at: one opportunity of every kind, every type of page, a real index."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model

from opportunities.models import Campaign, Opportunity, TimetableItem
from pages.models import CampaignPage, GuidanceIndexPage, GuidancePage, HomePage, RelatedGuide
from partners.models import Partner
from search.engines.embedded.store import EmbeddedStore
from search.services import rebuild
from tests.factories import (
    CampaignFactory,
    ContactFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerRecognitionFactory,
    SessionFactory,
    SiteFactory,
    assure,
)

WORKSHOP = "Make a scene: a theatre workshop"
# Where each plain one is; without a postcode it comes to the school or is online.
PLAIN = {
    "outdoor": ("Pond dipping for beginners", "E9 7DE"),
    "workplace": ("A morning at the surveyors", "EC3V 3LA"),
    "internship": ("Summer in the archive", "EC2Y 8DS"),
    "apprenticeship": ("Stage technician, level 3", "SE1 9PX"),
    "mentoring": ("An hour a month with an engineer", None),
    "course": ("Bookkeeping in the evening", "E8 1DY"),
    "volunteering": ("Help at the repair table", "N1 7GU"),
    "cpd": ("Speaking well in every lesson", None),
}


@dataclass(frozen=True)
class World:
    """Where the running site is, and what stands in it."""

    url: str
    partner: Partner
    sole_trader: Partner
    workshop: Opportunity
    placement: Opportunity
    job: Opportunity
    course: Opportunity

    def address(self, path: str) -> str:
        """The whole address of a path, which begins with a slash."""
        return f"{self.url}{path}"


def make_world(url: str, index: Path) -> World:
    """Makes it in the test's database and builds the index from it. `url` is where the site will answer."""
    partner, site = _theatre()
    festival = CampaignFactory.create(name="Careers festival", slug="careers-festival")
    placement = OpportunityFactory.create(
        title="A week backstage", kind="placement", offered_by=partner, site=site, audiences=["ks4"], sectors=["law"]
    )
    others = {
        kind: OpportunityFactory.create(
            title=title,
            kind=kind,
            postcode=postcode,
            audiences=["educators"] if kind == "cpd" else ["adults", "16-18"],
            skills=["initiative"],
        )
        for kind, (title, postcode) in PLAIN.items()
    }
    job = OpportunityFactory.create(
        title="Front of house", kind="job", offered_by=partner, audiences=["adults"], age_from=18, site=site
    )
    world = World(
        url,
        partner,
        _sole_trader(festival),
        _workshop(partner, placement, {"site": site}),
        placement,
        job,
        others["course"],
    )
    _talks(partner, festival)
    _pages(festival)
    rebuild(EmbeddedStore(index))
    return world


def _theatre() -> tuple[Partner, object]:
    partner = PartnerFactory.create(
        name="Tallowgate Playhouse",
        email="hello@example.org",
        telephone="020 7946 0112",
        website="https://tallowgate.example/",
        sectors=["performing-arts", "law"],
        description="Two stages and a workshop.\n\nSince 1871.",
        confirmed_on=timezone.localdate(),
    )
    assure(partner, in_days=40)
    PartnerRecognitionFactory.create(partner=partner)
    ContactFactory.create(partner=partner, is_public=True)
    return partner, SiteFactory.create(partner=partner, name="Main stage", access=["step-free", "hearing-loop"])


def _workshop(partner: Partner, placement: Opportunity, place: dict[str, object]) -> Opportunity:
    workshop = OpportunityFactory.create(
        title=WORKSHOP,
        summary="Write a scene in the morning and play it on our stage in the afternoon.",
        offered_by=partner,
        with_partners=[PartnerFactory.create(name="Longshore Voices")],
        years=(7, 9),
        audiences=["ks3", "send"],
        skills={"creativity": "Choose words.", "collaboration": "Play the scene of somebody else.", "analysis": ""},
        themes=["oracy"],
        subjects=["drama"],
        access={"step-free": True, "captions": True, "scent-free": False},
        leads_to=[placement],
        availability="dated",
        cost="paid",
        cost_amount="4.00",
        cost_unit="pupil",
        access_route="Write to the learning team.",
        **place,
    )
    workshop.timetable.add(
        TimetableItem(when="10.00", title="Meet the stage", text="Walk it.", sort_order=0),
        TimetableItem(when="13.00", title="Play", text="Every scene once.", sort_order=1),
    )
    workshop.save()
    SessionFactory.create(opportunity=workshop, in_days=10, taken=30, waiting=3)
    SessionFactory.create(opportunity=workshop, in_days=17, taken=27, label="Relaxed session")
    SessionFactory.create(opportunity=workshop, in_days=24)
    return workshop


def _sole_trader(festival: Campaign) -> Partner:
    """Somebody who works alone, with a talk."""
    printer = PartnerFactory.create(name="Amina Roe, printer", kind="self_employed", email="amina@example.org")
    talk = OpportunityFactory.create(
        title="What a printer does all day",
        kind="talk",
        offered_by=printer,
        campaign=festival,
        availability="dated",
        years=(9, 11),
        sectors=["creative-design"],
    )
    SessionFactory.create(opportunity=talk, in_days=8, capacity=None)
    return printer


def _talks(partner: Partner, festival: Campaign) -> None:
    talk = OpportunityFactory.create(
        title="Who works in a theatre?",
        kind="talk",
        offered_by=partner,
        campaign=festival,
        availability="dated",
        years=(8, 10),
        audiences=["ks3", "ks4"],
        sectors=["performing-arts"],
        skills=["oral-communication"],
        postcode="EC1V 4AD",
        access={"captions": True},
    )
    SessionFactory.create(opportunity=talk, in_days=8, capacity=120, taken=118)
    SessionFactory.create(opportunity=talk, in_days=9, capacity=40, taken=40, waiting=2)
    OpportunityFactory.create(
        title="Science on a small stage", postcode="E8 1DY", years=(5, 9), audiences=["ks3"], format="in_person"
    )


def _pages(festival: Campaign) -> None:
    """The festival's page and two guides, one with every kind of block."""
    home, index = HomePage.objects.get(), GuidanceIndexPage.objects.get()
    home.campaign, home.campaign_headline = festival, "A week of work to look at"
    home.campaign_text = "Talks, visits and people who like what they do."
    home.save()
    home.add_child(
        instance=CampaignPage(
            title="Careers festival",
            slug="careers-festival",
            campaign=festival,
            headline="Meet the working city",
            lead="Five days of talks.",
            for_schools="<ul><li>Come with a class.</li></ul>",
            for_partners="<ul><li>Bring what you work with.</li></ul>",
        )
    )
    sheet = get_document_model().objects.create(
        title="Checklist", file=ContentFile(b"One: ask. Two: go.", name="checklist.txt")
    )
    guides = [
        GuidancePage(
            title=title,
            slug=slug,
            lead="Know what to ask before you say yes.",
            audience="Teachers",
            checked_on=timezone.localdate() - timedelta(days=21),
            body=[
                ("heading", "Before you go"),
                ("text", "<p>Say <b>what</b> you want.</p><ul><li>One thing</li></ul>"),
                ("steps", [{"title": "Ask", "text": "<p>Write to them.</p>"}, {"title": "Go", "text": ""}]),
                ("heading", "Afterwards"),
                ("figure", {"figure": "4 in 5", "words": "would go again", "source": "Our own survey"}),
                ("inset", "<p>Keep the receipts.</p>"),
                ("download", {"document": sheet, "words": "To print."}),
            ],
        )
        for title, slug in (("Planning a visit", "planning-a-visit"), ("For teachers", "for-teachers"))
    ]
    for guide in guides:
        index.add_child(instance=guide)
    guides[0].related.add(RelatedGuide(guide=guides[1]))
    guides[0].save()

"""The pages that editors keep: home, guides and campaigns."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.text import slugify
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page

from directory.paging import Paging, page_asked
from opportunities.models import Campaign

from . import selectors
from .blocks import PLAIN, GuideBlocks
from .forms import ProgrammeForm
from .programme import on_page

#: A programme's lines are shorter than cards.
SESSIONS_ON_PAGE = 40


class HomePage(Page):
    """The front page: what Find Fusion is, and ways in."""

    headline = models.CharField(max_length=80, default="Where classrooms, stages and workplaces meet")
    lead = models.CharField(max_length=250, blank=True, help_text="One sentence under the headline.")
    campaign = models.ForeignKey(
        Campaign,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown in a band, until it is over.",
    )
    campaign_headline = models.CharField(max_length=100, blank=True)
    campaign_text = models.CharField(max_length=250, blank=True)

    template = "pages/home_page.html"
    max_count = 1
    subpage_types: ClassVar = ["pages.GuidanceIndexPage", "pages.CampaignPage"]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldPanel("campaign"), FieldPanel("campaign_headline"), FieldPanel("campaign_text")], heading="Campaign"
        ),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the skills with their counts, three opportunities with places left, and the campaign."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context |= selectors.home()
        context["campaign"] = selectors.campaign_band(self.campaign)
        context["guides"] = GuidancePage.objects.live().order_by("path")[:4]
        return context


class GuidanceIndexPage(Page):
    """The list of guides."""

    lead = models.CharField(max_length=250, blank=True)

    template = "pages/guidance_index_page.html"
    max_count = 1
    subpage_types: ClassVar = ["pages.GuidancePage"]
    parent_page_types: ClassVar = ["pages.HomePage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the guides in the order that editors gave them."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["guides"] = GuidancePage.objects.live().child_of(self).order_by("path")
        return context


class GuidancePage(Page):
    """A guide: how to do something, step by step."""

    lead = models.CharField(max_length=250, help_text="What the reader can do after reading this.")
    audience = models.CharField(max_length=60, blank=True, help_text="For example Teachers.")
    body = StreamField(GuideBlocks(), blank=True)
    checked_on = models.DateField(
        null=True, blank=True, help_text="When somebody last checked that all of it is right."
    )

    template = "pages/guidance_page.html"
    subpage_types: ClassVar[list[str]] = []
    parent_page_types: ClassVar = ["pages.GuidanceIndexPage"]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("checked_on")]),
        FieldPanel("body"),
        InlinePanel("related", heading="Related guides", label="Guide"),
    ]

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The headings of the body: anchor and words."""
        return [(slugify(block.value), block.value) for block in self.body if block.block_type == "heading"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the related guides that are live."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["related"] = [item.guide for item in self.related.select_related("guide") if item.guide.live]
        return context


class RelatedGuide(Orderable):
    """A guide that goes well with another."""

    page = ParentalKey(GuidancePage, on_delete=models.CASCADE, related_name="related")
    guide = models.ForeignKey(GuidancePage, on_delete=models.CASCADE, related_name="+")

    panels: ClassVar = [PageChooserPanel("guide", "pages.GuidancePage")]


class CampaignPage(Page):
    """A campaign with its programme by day."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="pages")
    headline = models.CharField(max_length=120)
    lead = models.CharField(max_length=250)
    for_schools = RichTextField(features=PLAIN, blank=True)
    for_partners = RichTextField(features=PLAIN, blank=True)

    template = "pages/campaign_page.html"
    subpage_types: ClassVar[list[str]] = []
    parent_page_types: ClassVar = ["pages.HomePage"]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("campaign"),
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("for_schools"),
        FieldPanel("for_partners"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the programme, narrowed by what was chosen, and one page of its sessions."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        programme = selectors.programme(self.campaign)
        form = ProgrammeForm(request.GET or None, programme=programme)
        context["programme"] = programme
        context["form"] = form
        days = form.narrow(programme)
        paging = Paging(sum(each.total for each in days), page_asked(request.GET), SESSIONS_ON_PAGE)
        context["days"] = on_page(days, paging)
        context["paging"] = paging
        return context

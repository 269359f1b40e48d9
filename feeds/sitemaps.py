"""What there is to find: opportunities and partners that the public sees, and the pages of the CMS."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page, Site

from opportunities.models import Opportunity
from opportunities.selectors import public
from partners.models import Partner
from partners.selectors import public as public_partners

#: As many as one file may hold by the protocol is 50,000; smaller ones are quicker to make.
ADDRESSES_A_FILE = 5_000


class OurSitemap(Sitemap):
    """Addresses of this site as its settings call it, whatever name the request came by."""

    limit = ADDRESSES_A_FILE

    def get_protocol(self, protocol: str | None = None) -> str:
        """The scheme of SITE_URL."""
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        """The host and port of SITE_URL."""
        return urlsplit(settings.SITE_URL).netloc


class OpportunitySitemap(OurSitemap):
    """Every opportunity that the public sees."""

    def items(self) -> QuerySet[Opportunity]:
        """In the order of their making, so that files change at their end."""
        return public().only("title", "last_published_at").order_by("pk")

    def lastmod(self, item: Opportunity) -> datetime | None:
        """When it was last published."""
        return item.last_published_at


class PartnerSitemap(OurSitemap):
    """Every partner that the public sees."""

    def items(self) -> QuerySet[Partner]:
        """In the order of their making."""
        return public_partners().only("name", "last_published_at").order_by("pk")

    def lastmod(self, item: Partner) -> datetime | None:
        """When it was last published."""
        return item.last_published_at


class PageSitemap(OurSitemap):
    """The pages of the CMS that anybody may read."""

    def items(self) -> Iterable[Page]:
        """Below the site's own root."""
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is None:
            return []
        return list(site.root_page.get_descendants(inclusive=True).live().public().order_by("path"))

    def location(self, item: Page) -> str:
        """The address of the page without its host."""
        return urlsplit(item.get_url() or "/").path

    def lastmod(self, item: Page) -> datetime | None:
        """When it was last published."""
        return item.last_published_at


class ListSitemap(OurSitemap):
    """The two lists."""

    def items(self) -> list[str]:
        """Their names."""
        return ["search", "partners"]

    def location(self, item: str) -> str:
        """Their address."""
        return reverse(item)


SITEMAPS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "pages": PageSitemap,
    "lists": ListSitemap,
    "partners": PartnerSitemap,
    "opportunities": OpportunitySitemap,
}

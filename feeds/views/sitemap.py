"""What crawlers read."""

from django.conf import settings
from django.contrib.sitemaps.views import SitemapIndexItem
from django.contrib.sitemaps.views import sitemap as sitemap_part
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from feeds.sitemaps import SITEMAPS

XML = "application/xml"
# What is the same for everybody and need not be new to the minute may be kept by anybody for an hour.
KEPT_SECONDS = 60 * 60


@cache_control(public=True, max_age=KEPT_SECONDS)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: all pages, no combinations of choices; nothing of the demonstration, which is fiction."""
    context = {"site_url": settings.SITE_URL, "demo": settings.DEMO}
    return render(request, "feeds/robots.txt", context, content_type="text/plain; charset=utf-8")


@cache_control(public=True, max_age=KEPT_SECONDS)
@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The files of the sitemap, under the name that the settings give the site."""
    files = [
        SitemapIndexItem(f"{settings.SITE_URL}{reverse('sitemap-part', args=[section])}{f'?p={n}' if n > 1 else ''}")
        for section, kind in SITEMAPS.items()
        for n in (kind() if isinstance(kind, type) else kind).paginator.page_range
    ]
    return render(request, "sitemap_index.xml", {"sitemaps": files}, content_type=XML)


@cache_control(public=True, max_age=KEPT_SECONDS)
@require_safe
def sitemap_file(request: HttpRequest, section: str) -> HttpResponse:
    """One file of the sitemap. Raises Http404 for one that there is not."""
    response: HttpResponse = sitemap_part(request, SITEMAPS, section)
    return response

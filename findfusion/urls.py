"""Every address of the site."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from findfusion.health import health
from findfusion.media import picture

urlpatterns: list[URLPattern | URLResolver] = [
    # The CMS and its pages have no sign-in page of their own: one would be a way around what the other asks.
    path("admin/login/", RedirectView.as_view(pattern_name="sign-in", query_string=True)),
    path("_util/login/", RedirectView.as_view(pattern_name="sign-in", query_string=True)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/images/<str:name>", picture, name="picture"),
    path("health/", health, name="health"),
    path("", include("accounts.urls")),
    path("", include("notices.urls")),
    path("", include("feeds.urls")),
    path("", include("portal.urls")),
    path("", include("directory.urls")),
    *([path("demo/", include("demo.urls"))] if settings.DEMO else []),
    path("", include(wagtail_urls)),
]

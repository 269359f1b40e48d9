"""What every page may need to know of the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """`demo`: whether this is the demonstration; `site_url`: the address of the site, without a slash at its end."""
    return {"demo": settings.DEMO, "site_url": settings.SITE_URL}

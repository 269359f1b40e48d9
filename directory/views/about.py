"""The pages about this site: what it keeps, the same for young people, and how far everybody can use it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory import selectors


@require_safe
def privacy_page(request: HttpRequest) -> HttpResponse:
    """What is kept, why, and how long."""
    return render(request, "directory/about/privacy.html", selectors.privacy_context())


@require_safe
def young_people_page(request: HttpRequest) -> HttpResponse:
    """The same, for readers of 9 to 15 years."""
    return render(request, "directory/about/young_people.html", selectors.privacy_context())


@require_safe
def accessibility_page(request: HttpRequest) -> HttpResponse:
    """What was tried, what does not work, and how to tell us."""
    return render(request, "directory/about/accessibility.html", selectors.about_context())

"""The page for when search cannot answer: it keeps what was typed and chosen, to be sent once more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from directory.near import reduced
from engagement.tokens import PARAMETER

#: More than anybody chooses; an address may hold whatever it likes.
MOST_KEPT = 100
LONGEST_KEPT = 200
#: What the form shows as fields of its own.
FIELDS = ("q", "near")


def unavailable(request: HttpRequest) -> HttpResponse:
    """Status 503. No full postcode is shown again, nor kept for the next address."""
    asked = [
        (name, value[:LONGEST_KEPT])
        for name, values in request.GET.lists()
        for value in values
        if value and name not in {PARAMETER, "page"}
    ]
    typed = {name: _reduced(request.GET.get(name, "")) for name in FIELDS}
    carried = [(name, value) for name, value in asked if name not in FIELDS][:MOST_KEPT]
    return render(request, "503.html", {**typed, "carried": carried}, status=503)


def _reduced(typed: str) -> str:
    return reduced(typed[:LONGEST_KEPT])

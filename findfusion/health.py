"""Whether the site can answer: for whoever watches over it, and for the container that runs it."""

import logging
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search import selectors as search
from search.engines.base import SearchUnavailableError

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when database and search answer, 503 with what is wrong otherwise. It names nobody and nothing secret."""
    parts = {"database": _database(), "search": _search()}
    ok = all(part["ok"] for part in parts.values())
    return JsonResponse({"ok": ok, **parts}, status=200 if ok else 503)


def _database() -> dict[str, Any]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database does not answer.")
        return _part("database", ok=False, vendor=connection.vendor)
    return _part("database", ok=True, vendor=connection.vendor)


def _search() -> dict[str, Any]:
    try:
        found = search.health()
    except SearchUnavailableError:
        logger.exception("No search engine answers.")
        return _part("search index", ok=False, engine=None, documents=0)
    if not found.ok or any(not part.ok for part in found.parts):
        logger.error("Search does not answer as it should: %s", found.message)
    # Of two engines, which one answers; both are told apart.
    engines = {part.engine: {"ok": part.ok, "documents": part.documents} for part in found.parts}
    facts: dict[str, Any] = {"engines": engines} if engines else {}
    return _part("search index", ok=found.ok, engine=found.engine, documents=found.documents, **facts)


def _part(name: str, *, ok: bool, **facts: Any) -> dict[str, Any]:
    # What is wrong in detail may hold addresses and folders: that is for the log alone.
    return {
        "ok": ok,
        "message": f"The {name} answers." if ok else f"The {name} does not answer. The log says why.",
        **facts,
    }

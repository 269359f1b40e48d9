"""Whether the site can answer: for whoever watches over it, and for the container that runs it."""

import logging
from dataclasses import asdict
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from engagement.drops import drops
from engagement.selectors import dropped_events
from notices.selectors import standing
from search import selectors as search
from search.engines.base import SearchUnavailableError

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when database and search answer, 503 with what is wrong otherwise. It names nobody and nothing secret.

    Uses that are not counted and messages that do not go out are told, too; the site answers all the same.
    """
    parts = {"database": _database(), "search": _search()}
    ok = all(part["ok"] for part in parts.values())
    return JsonResponse(
        {"ok": ok, **parts, "engagement": _engagement(), "messages": _messages()}, status=200 if ok else 503
    )


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


def _engagement() -> dict[str, Any]:
    """Events that were lost; `ok` when the last one that this process had to record is in the database."""
    ok = not drops.pending()
    message = "What is used is counted." if ok else "What is used is not counted just now. The log says why."
    try:
        lost_today, lost_in_7_days = dropped_events(timezone.localdate())
    except DatabaseError:
        logger.exception("How many events were dropped cannot be read.")
        return {"ok": False, "message": message, "dropped_today": None, "dropped_7_days": None}
    return {"ok": ok, "message": message, "dropped_today": lost_today, "dropped_7_days": lost_in_7_days}


def _messages() -> dict[str, Any]:
    """Messages that are late, were left half-sent by a process that ended, or failed within seven days."""
    try:
        found = standing(timezone.now())
    except DatabaseError:
        logger.exception("How messages stand cannot be read.")
        return {
            "ok": False,
            "message": "How messages stand cannot be read.",
            "late": None,
            "half_sent": None,
            "failed": None,
        }
    message = "Messages go out." if found.ok else "Some messages did not go out. The CMS lists them."
    return {"ok": found.ok, "message": message, **asdict(found)}


def _part(name: str, *, ok: bool, **facts: Any) -> dict[str, Any]:
    # What is wrong in detail may hold addresses and folders: that is for the log alone.
    return {
        "ok": ok,
        "message": f"The {name} answers." if ok else f"The {name} does not answer. The log says why.",
        **facts,
    }

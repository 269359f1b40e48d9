"""Fills the plain table from a world's listings, and has Wagtail index it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import batched
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from modelsearch.backends import get_search_backend

from benchmarks.beside.models import SEVERAL, SINGLE, Listing, Term
from benchmarks.kept import read_listings

_AT_A_TIME = 1_000
_APPS = ("contenttypes", "wagtailsearch")


def load(listings: Path) -> float:
    """Makes the tables, fills them and indexes them; the seconds that indexing took."""
    if connection.vendor == "postgresql":
        # The server is the run's own, and may hold the tables of another size.
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    # By hand, since the command would tell the rooms of the site, whose tables are not here.
    executor = MigrationExecutor(connection)
    executor.migrate([key for key in executor.loader.graph.leaf_nodes() if key[0] in _APPS])
    with connection.schema_editor() as editor:
        editor.create_model(Term)
        editor.create_model(Listing)
    terms: dict[tuple[str, str], Term] = {}
    for rows in read_listings(listings, _AT_A_TIME):
        with transaction.atomic():
            _add(rows, terms)
    begun = time.perf_counter()
    _index()
    seconds = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return seconds


def _index() -> None:
    """As `manage.py update_index` does, for this table alone: those of Wagtail's own models are not here."""
    backend = get_search_backend()
    index = backend.get_index_for_model(Listing)
    for listings in batched(Listing.get_indexed_objects().order_by("pk").iterator(_AT_A_TIME), _AT_A_TIME):
        index.add_items(Listing, listings)
    backend.rebuilder_class(index).finish()


def _add(rows: Sequence[dict[str, Any]], terms: dict[tuple[str, str], Term]) -> None:
    Listing.objects.bulk_create(
        Listing(
            **{name: row[name] for name in ("id", "title", "partner", "summary", "description", "tags")},
            rank_key=row["rank_key"],
            visible_until=row["visible_until"],
            **{name: "".join(row["facets"][name][:1]) for name in SINGLE},
        )
        for row in rows
    )
    for facet in SEVERAL:
        for slug in {slug for row in rows for slug in row["facets"][facet]}:
            if (facet, slug) not in terms:
                terms[facet, slug] = Term.objects.create(facet=facet, slug=slug)
        through = Listing._meta.get_field(facet).remote_field.through  # type: ignore[union-attr]
        through.objects.bulk_create(
            (through(listing_id=row["id"], term=terms[facet, slug]) for row in rows for slug in row["facets"][facet]),
            batch_size=_AT_A_TIME,
        )

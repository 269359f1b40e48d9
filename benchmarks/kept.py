"""The documents of a world on disk, so that only the first run makes them, and its records as a plain table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from typing import Any

import orjson

from opportunities.models import Opportunity
from search.criteria import FACET_NAMES
from search.document import Document, DocumentType, Value
from search.indexing import batches, everything


def write_documents(documents: Path, listings: Path) -> int:
    """Makes every document from the database, and writes each with its record as a plain table would hold it."""
    count = 0
    unfinished = [path.with_suffix(".new") for path in (documents, listings)]
    with unfinished[0].open("wb") as document_file, unfinished[1].open("wb") as listing_file:
        for batch in batches(everything()):
            texts = _texts(batch.documents)
            for document in batch.documents:
                document_file.write(orjson.dumps([document.key, document.values]) + b"\n")
                if document.key in texts:
                    listing_file.write(orjson.dumps(_listing(document, texts[document.key])) + b"\n")
            count += len(batch.documents)
    for path, final in zip(unfinished, (documents, listings), strict=True):
        path.replace(final)
    return count


@dataclass(frozen=True, slots=True)
class _Texts:
    title: str
    summary: str
    description: str
    partner: str


def _texts(documents: list[Document]) -> dict[str, _Texts]:
    ids = [
        int(document.key.rpartition("-")[2])
        for document in documents
        if document.values["type"] == DocumentType.OPPORTUNITY
    ]
    found = Opportunity.objects.filter(pk__in=ids).values_list(
        "pk", "title", "summary", "description", "offered_by__name"
    )
    return {DocumentType.OPPORTUNITY.key(pk): _Texts(*texts) for pk, *texts in found}


def _listing(document: Document, texts: _Texts) -> dict[str, Any]:
    values = document.values
    facets = {name: str(values.get(name, "")).split() for name in FACET_NAMES}
    return {
        "id": values["id"],
        "title": texts.title,
        "partner": texts.partner,
        "summary": texts.summary,
        "description": texts.description,
        "tags": " ".join(value.replace("-", " ") for each in facets.values() for value in each),
        "rank_key": values["rank_key"],
        "visible_until": values["visible_until"],
        "facets": facets,
    }


def read_documents(path: Path) -> list[Document]:
    """The documents of a file."""
    with path.open("rb") as lines:
        return [Document(key, _values(values)) for key, values in map(orjson.loads, lines)]


def _values(values: Mapping[str, Any]) -> dict[str, Value]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def read_listings(path: Path, at_a_time: int) -> Iterator[tuple[dict[str, Any], ...]]:
    """The plain records of a file, some at a time."""
    with path.open("rb") as lines:
        yield from batched(map(orjson.loads, lines), at_a_time)

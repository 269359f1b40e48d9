"""The declared fields as an Elasticsearch mapping, and documents in its form."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

import orjson
from elasticsearch.dsl import Document as DslDocument
from elasticsearch.dsl import Field as DslField
from elasticsearch.dsl import Integer, Keyword, Long, MetaField, Text

from search.document import FIELDS, Document, Field, FieldType, fingerprint, indexed_texts

#: Numbers that ranges are asked of; the others are only sorted by and read back.
_RANGED = frozenset({"visible_until", "next_change_at"})
#: Keywords that are counted though they are no facets.
_COUNTED = frozenset({"type", "outcode", "words"})

SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    # As many copies as there are nodes for, one at least when there are two; none on a single node.
    "auto_expand_replicas": "0-2",
    # The drainer refreshes after each batch, so nothing waits for this.
    "refresh_interval": "30s",
    # How long a deletion's version is remembered: longer than any older write can be under way.
    "gc_deletes": "1h",
}


def _field(field: Field) -> DslField:
    # Only what is not the default is said: so the cluster tells the mapping back as it was told it.
    match field.type:
        case FieldType.TEXT:
            # Text comes analysed, so it is only split at spaces.
            return Text(analyzer="whitespace")
        case FieldType.WORDS if field.name not in _COUNTED:
            # Cut by the cluster, which takes less than reading a list of keywords.
            return Text(analyzer="whitespace", index_options="docs", norms=False)
        case FieldType.WORDS | FieldType.KEYWORDS:
            return Keyword() if field.facet or field.name in _COUNTED else Keyword(doc_values=False)
        case FieldType.DAYS:
            return Integer()
        case FieldType.NUMBER:
            return Long() if field.name in _RANGED else Long(index=False)
        case FieldType.STORED:
            return Keyword(index=False, doc_values=False, store=True)


def _declare() -> type[DslDocument]:
    """The document class of `elasticsearch.dsl`, from the one declaration."""
    members: dict[str, Any] = {field.name: _field(field) for field in FIELDS}
    members["Index"] = type("Index", (), {"name": "findfusion", "settings": SETTINGS})
    # What is given back is stored by itself; keeping whole documents would cost a good part of indexing.
    meta = {"dynamic": MetaField("strict"), "source": MetaField(enabled=False)}
    members["Meta"] = type("Meta", (), meta)
    return type("DirectoryDocument", (DslDocument,), members)


DirectoryDocument = _declare()


def mapping() -> dict[str, Any]:
    """The mapping as the cluster is told it."""
    return dict(DirectoryDocument._doc_type.mapping.to_dict())


@lru_cache(maxsize=1)
def index_fingerprint() -> str:
    """Twelve letters that change when the mapping, the declaration or the analysis of text does."""
    told = orjson.dumps([fingerprint(), mapping(), SETTINGS], option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(told, digest_size=6).hexdigest()


def to_source(document: Document) -> dict[str, Any]:
    """A document in the form that Elasticsearch takes."""
    source: dict[str, Any] = dict(indexed_texts(document))
    for field in FIELDS:
        value = document.values.get(field.name)
        if value is None or field.type is FieldType.TEXT:
            continue
        match field.type:
            case FieldType.WORDS if field.name not in _COUNTED:
                source[field.name] = value
            case FieldType.WORDS | FieldType.KEYWORDS:
                source[field.name] = str(value).split()
            case FieldType.DAYS:
                source[field.name] = list(value) if isinstance(value, tuple) else [value]
            case _:
                source[field.name] = value
    return source

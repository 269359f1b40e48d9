"""The declared fields as a tantivy schema, and documents in its form."""

import tantivy

from search.document import BY_NAME, FIELDS, Document, Field, FieldType, Value, indexed_texts


def build_schema() -> tantivy.Schema:
    """The schema of the declaration. Text comes analysed, so it is only split at spaces."""
    builder = tantivy.SchemaBuilder()
    for field in FIELDS:
        _add(builder, field)
    return builder.build()


def _add(builder: tantivy.SchemaBuilder, field: Field) -> None:
    match field.type:
        case FieldType.TEXT:
            builder.add_text_field(field.name, tokenizer_name="whitespace", index_option="position")
        case FieldType.WORDS:
            builder.add_text_field(field.name, tokenizer_name="whitespace", index_option="basic")
        case FieldType.KEYWORDS:
            fast = field.facet or field.name in {"type", "outcode", "traits"}
            stored = field.name == "key"
            builder.add_text_field(field.name, tokenizer_name="raw", index_option="basic", fast=fast, stored=stored)
        case FieldType.DAYS:
            builder.add_integer_field(field.name, indexed=True, fast=True)
        case FieldType.NUMBER:
            builder.add_integer_field(field.name, indexed=False, fast=True)
        case FieldType.STORED:
            builder.add_bytes_field(field.name, stored=True)


def to_tantivy(document: Document) -> tantivy.Document:
    """A document in tantivy's form."""
    built = tantivy.Document()
    for name, tokens in indexed_texts(document):
        built.add_text(name, tokens)
    for name, value in document.values.items():
        _put(built, name, BY_NAME[name].type, value)
    return built


def _put(built: tantivy.Document, name: str, kind: FieldType, value: Value) -> None:
    match kind:
        case FieldType.KEYWORDS:
            for keyword in str(value).split():
                built.add_text(name, keyword)
        case FieldType.WORDS:
            built.add_text(name, str(value))
        case FieldType.STORED:
            built.add_bytes(name, str(value).encode())
        case FieldType.DAYS:
            for number in value if isinstance(value, tuple) else (int(value),):
                built.add_integer(name, number)
        case FieldType.NUMBER:
            built.add_integer(name, int(value))  # type: ignore[arg-type]

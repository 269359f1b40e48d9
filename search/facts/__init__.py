"""What a document says of an opportunity or a partner: one method for each declared field.

Objects come with everything loaded (`opportunities.selectors.with_parts`), so nothing here asks the database.
"""

from search.document import FIELDS, Document, Value, signed
from search.facts.opportunity import OpportunityFacts
from search.facts.partner import PartnerFacts

__all__ = ["OpportunityFacts", "PartnerFacts", "document_of"]


def document_of(facts: OpportunityFacts | PartnerFacts) -> Document:
    """The document: a value for each declared field that the facts have a method for."""
    values: dict[str, Value] = {}
    for field in FIELDS:
        tell = getattr(facts, field.source, None)
        if tell is not None:
            value = tell()
            if value not in ("", (), None):
                values[field.name] = value
    return signed(values)

"""The embedded engine: a folder beside the database, read and written by tantivy."""

from search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]

"""What people type, turned into opportunities found: text, criteria, facets, engines, indexing."""

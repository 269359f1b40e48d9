"""Measurements: each prints a table of figures and their ratios."""

"""Describing opportunities step by step."""

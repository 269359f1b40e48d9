"""Signing in and out, and what somebody sees of their own account."""

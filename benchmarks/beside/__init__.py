"""What a team would use instead: Wagtail's own search over a plain table of the same opportunities."""

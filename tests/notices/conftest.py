"""Two kinds of message for tests, with templates of their own."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from notices import catalogue, selectors
from notices.catalogue import Kind

HELLO = Kind("hello", "A greeting", "A friendly word now and then.", optional=True)
CODE = Kind("code", "A code", "Lets you in.", secret=True)


@pytest.fixture(autouse=True)
def two_kinds(tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are in the catalogue beside the real ones, which stay as they are."""
    folder = tmp_path / "templates"
    (folder / "notices").mkdir(parents=True)
    for kind in (HELLO, CODE):
        (folder / "notices" / f"{kind.slug}.txt").write_text(
            f"Subject: {kind.title} for {{{{ name }}}}\n\nDear {{{{ name }}}}\n"
        )
        (folder / "notices" / f"{kind.slug}.html").write_text(
            '{% extends "notices/base.html" %}{% block words %}<p>Dear {{ name }}</p>{% endblock %}'
        )
    first: dict[str, Any] = dict(settings.TEMPLATES[0])
    settings.TEMPLATES = [first | {"DIRS": [*first["DIRS"], folder]}]
    kinds = (*catalogue.KINDS, HELLO, CODE)
    for module in (catalogue, selectors):
        monkeypatch.setattr(module, "KINDS", kinds)
    for kind in (HELLO, CODE):
        monkeypatch.setitem(catalogue.BY_SLUG, kind.slug, kind)

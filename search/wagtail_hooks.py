"""Synonyms in the CMS."""

from typing import ClassVar

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from search.models import Synonym


class SynonymViewSet(SnippetViewSet):
    """Editors keep what else people call things; a change is in force within half a minute."""

    model = Synonym
    icon = "search"
    menu_label = "Synonyms"
    copy_view_enabled = False
    list_display: ClassVar = ["words", "equivalents", "both_ways", "active"]
    list_filter: ClassVar = ["both_ways", "active"]
    list_export: ClassVar = ["words", "equivalents", "both_ways", "active"]
    search_fields: ClassVar = ["words", "equivalents"]
    panels: ClassVar = [
        FieldPanel("words"),
        FieldPanel("equivalents"),
        FieldRowPanel([FieldPanel("both_ways"), FieldPanel("active")]),
    ]


register_snippet(SynonymViewSet)

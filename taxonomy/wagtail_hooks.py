"""Vocabularies and places in the CMS. Terms are retired by unticking `active`; there is no delete."""

from typing import ClassVar

from django.db.models import ForeignKey
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from .forms import OutwardCodeField
from .models import (
    AccessFeature,
    Audience,
    FusionSkill,
    OutwardCode,
    Place,
    Recognition,
    Sector,
    SkillFamily,
    Subject,
    Term,
    Theme,
)
from .rules import KeptAsItIs
from .views import RefusingDeleteView, RelatedIndexView

# Wherever a form of the CMS names a place: 2,997 outward codes are typed, not picked from a list.
register_form_field_override(ForeignKey, to=OutwardCode, override={"form_class": OutwardCodeField})

VOCABULARIES = (FusionSkill, Audience, Sector, Theme, Subject, Recognition, AccessFeature)
for each in VOCABULARIES:
    register_permission_policy(each, KeptAsItIs(each, "delete"))

TERM_PANELS: list[Panel] = [
    FieldPanel("name"),
    FieldPanel("definition"),
    FieldRowPanel([FieldPanel("order"), FieldPanel("active")]),
]


class TermViewSet(ModelViewSet):
    """One vocabulary. A slug is made from the first name and then stays."""

    icon = "tag"
    copy_view_enabled = False
    list_display: ClassVar = ["name", "slug", "order", "active"]
    list_filter: ClassVar = ["active"]
    list_export: ClassVar = ["name", "slug", "definition", "order", "active"]
    search_fields: ClassVar = ["name", "definition"]
    search_backend_name = None
    add_to_admin_menu = False
    extra_panels: ClassVar[list[Panel]] = []
    ordering: ClassVar = ["order", "name"]

    @property
    def panels(self) -> list[Panel]:
        """The fields in the order in which they are filled."""
        return [*TERM_PANELS, *self.extra_panels]


def vocabulary(model_class: type[Term], extra: list[Panel] | None = None) -> TermViewSet:
    """The view set of a vocabulary."""
    name = model_class._meta.model_name or ""

    class VocabularyViewSet(TermViewSet):
        model = model_class
        extra_panels: ClassVar[list[Panel]] = extra or []

    return VocabularyViewSet(
        name, url_prefix=f"vocabularies/{name}", menu_label=str(model_class._meta.verbose_name_plural).capitalize()
    )


class SkillFamilyViewSet(ModelViewSet):
    """The families of fusion skills; their number sets the colour of the marks, so they are only renamed."""

    model = SkillFamily
    icon = "group"
    panels: ClassVar[list[Panel]] = [FieldPanel("name"), FieldPanel("order")]
    list_display: ClassVar = ["name", "slug", "order"]
    delete_view_class = RefusingDeleteView
    copy_view_enabled = False
    menu_label = "Skill families"


class PlaceIndexView(RelatedIndexView):
    """The list of neighbourhoods, each with its borough."""

    also_select = ("outward_code__borough",)


class PlaceViewSet(ModelViewSet):
    """Neighbourhoods and the outward code that stands for each."""

    model = Place
    icon = "site"
    panels: ClassVar[list[Panel]] = [FieldPanel("name"), FieldPanel("outward_code")]
    index_view_class = PlaceIndexView
    copy_view_enabled = False
    list_display: ClassVar = ["name", "outward_code"]
    list_per_page = 50
    search_fields: ClassVar = ["name", "outward_code__code"]
    search_backend_name = None
    menu_label = "Neighbourhoods"


class VocabulariesGroup(ViewSetGroup):
    """The menu of vocabularies."""

    menu_label = "Vocabularies"
    menu_icon = "tag"
    menu_order = 320
    items = (
        vocabulary(FusionSkill, [FieldPanel("family")]),
        SkillFamilyViewSet("skill_family", url_prefix="vocabularies/skill-families"),
        vocabulary(
            Audience,
            [
                MultiFieldPanel([FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")])], heading="Ages"),
                MultiFieldPanel(
                    [FieldRowPanel([FieldPanel("year_from"), FieldPanel("year_to")])], heading="School years"
                ),
                FieldPanel("under_18"),
            ],
        ),
        vocabulary(Sector),
        vocabulary(Theme),
        vocabulary(Subject),
        vocabulary(Recognition),
        vocabulary(AccessFeature, [FieldPanel("absent")]),
        PlaceViewSet("place", url_prefix="vocabularies/neighbourhoods"),
    )


@hooks.register("register_admin_viewset")
def register_vocabularies() -> VocabulariesGroup:
    """Puts the vocabularies into the CMS."""
    return VocabulariesGroup()

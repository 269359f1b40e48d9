"""What a partner or an opportunity says, by aspect: one or more fields that people read, change and comment on as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Field, ManyToManyField, ManyToOneRel

if TYPE_CHECKING:
    from .models import Publishable

# Of a row in a set: what says nothing about what the row holds.
OF_THE_ROW = frozenset({"id", "sort_order"})


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that is said, such as the group size. `slug` stands in forms and comments and stays.

    `fields` are those of the model, or its sets of rows.
    """

    slug: str
    title: str
    fields: tuple[str, ...]


PARTNER_ASPECTS: tuple[Aspect, ...] = (
    Aspect("name", "Name", ("name",)),
    Aspect("kind", "Kind", ("kind",)),
    Aspect("summary", "Summary", ("summary",)),
    Aspect("description", "Description", ("description",)),
    Aspect("sectors", "Sectors", ("sector_items",)),
    Aspect("image", "Picture", ("image",)),
    Aspect("website", "Website", ("website",)),
    Aspect("email", "Public e-mail address", ("email",)),
    Aspect("telephone", "Public telephone", ("telephone",)),
    Aspect("employees", "Employees", ("has_employees",)),
    Aspect("reference", "Reference", ("reference",)),
    Aspect("dates", "On the site", ("go_live_at", "expire_at")),
)


def value_of(thing: Publishable, name: str) -> Any:
    """What a field or a set of rows holds, as something that can be compared; keys of rows say nothing and are left out."""
    field = thing._meta.get_field(name)
    if isinstance(field, ManyToOneRel):
        rows = getattr(thing, name).all()
        parent, ordered = field.remote_field.name, hasattr(field.related_model, "sort_order")
        named = [each for each in field.related_model._meta.concrete_fields if each.name not in {*OF_THE_ROW, parent}]
        if ordered:
            rows = sorted(rows, key=lambda row: row.sort_order or 0)
        held = [tuple(_plain(each.value_from_object(row)) for each in named) for row in rows]
        return tuple(held if ordered else sorted(held, key=repr))
    if isinstance(field, ManyToManyField):
        return tuple(sorted(each.pk for each in getattr(thing, name).all()))
    assert isinstance(field, Field)
    return _plain(field.value_from_object(thing))


def _plain(value: Any) -> Any:
    """Empty texts and nothing are alike, and so are the line ends of a form and of a file."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip() or None
    return value


def is_empty(thing: Publishable, aspect: Aspect) -> bool:
    """Whether nothing is said in any of its fields."""
    return all(value_of(thing, name) in (None, ()) for name in aspect.fields)


def differs(old: Publishable, new: Publishable, aspect: Aspect) -> bool:
    """Whether two versions of one thing say something else in this aspect."""
    return any(value_of(old, name) != value_of(new, name) for name in aspect.fields)


def changed(old: Publishable, new: Publishable) -> tuple[Aspect, ...]:
    """The aspects in which two versions of one thing differ, in the order in which they are read."""
    return tuple(aspect for aspect in new.aspects if differs(old, new, aspect))

"""Whether two partners look like one: the same name at the same place, or the same website."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from partners.models import Partner, Site
from taxonomy.resources.cells import fold


def normal_website(address: str) -> str:
    """A web address without what makes no difference: scheme, `www.`, case of the host, a slash at the end."""
    if not address:
        return ""
    parts = urlsplit(address)
    return (
        f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{'?' + parts.query if parts.query else ''}"
    )


@dataclass(frozen=True, slots=True)
class Known:
    """A partner that is there already, in the database or on a line above."""

    where: str
    postcodes: frozenset[str]
    pk: int | None = None


class Likeness:
    """Finds what looks like a partner among those that it was told of."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[Known]] = {}
        self._by_website: dict[str, Known] = {}

    def add(self, name: str, website: str, known: Known) -> None:
        """Remembers one."""
        self._by_name.setdefault(fold(name), []).append(known)
        if website:
            self._by_website.setdefault(normal_website(website), known)

    def find(self, name: str, website: str, postcodes: frozenset[str]) -> tuple[Known, str] | None:
        """One that looks like this, and by what. The same name counts unless both say where they are, and differ."""
        for known in self._by_name.get(fold(name), []):
            if not postcodes or not known.postcodes or postcodes & known.postcodes:
                return known, "name and place"
        same = self._by_website.get(normal_website(website)) if website else None
        return (same, "website") if same else None

    @classmethod
    def of_database(cls) -> Likeness:
        """All partners, drafts included."""
        found = cls()
        postcodes: dict[int, set[str]] = {}
        for partner_id, postcode in Site.objects.values_list("partner_id", "postcode"):
            postcodes.setdefault(partner_id, set()).add(postcode)
        for pk, name, website, reference in Partner.objects.values_list("pk", "name", "website", "reference"):
            where = f"“{name}”, which has {f'the reference {reference}' if reference else 'no reference'}"
            found.add(name, website, Known(where, frozenset(postcodes.get(pk, ())), pk))
        return found

"""The pages of the demonstration: home, guides and the careers festival. Made once; editors change them from there."""

import re
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.html import escape

from accounts.models import User
from opportunities.models import Campaign
from pages.models import CampaignPage, GuidanceIndexPage, GuidancePage, HomePage, RelatedGuide

from .dates import Calendar
from .people import PEOPLE

DATA = Path(__file__).parent / "data"
CHECKED_DAYS_AGO = "-21"


def load(calendar: Calendar) -> int:
    """Makes the pages that are not there yet, in the editor's name. Returns how many."""
    editor = User.objects.get(email=next(person.email for person in PEOPLE if person.slug == "editor"))
    home = HomePage.objects.get()
    words = tomllib.loads((DATA / "pages.toml").read_text(encoding="utf-8"))
    with transaction.atomic():
        made = _festival(home, words["festival"], editor)
        if made:
            _home(home, words["home"], editor)
        return made + _guides(calendar, editor)


def _publish(page: Any, editor: User) -> None:
    page.save_revision(user=editor).publish(user=editor)


def _home(home: HomePage, words: dict[str, str], editor: User) -> None:
    for name, value in words.items():
        setattr(home, name, value)
    home.campaign = Campaign.objects.get(slug="careers-festival")
    _publish(home, editor)


def _festival(home: HomePage, words: dict[str, Any], editor: User) -> int:
    if CampaignPage.objects.filter(slug=words["slug"]).exists():
        return 0
    page = CampaignPage(
        title=words["title"],
        slug=words["slug"],
        headline=words["headline"],
        lead=words["lead"],
        for_schools=bullets(words["for_schools"]),
        for_partners=bullets(words["for_partners"]),
        campaign=Campaign.objects.get(slug="careers-festival"),
        owner=editor,
    )
    home.add_child(instance=page)
    _publish(page, editor)
    return 1


def _guides(calendar: Calendar, editor: User) -> int:
    index = GuidanceIndexPage.objects.get()
    guides = tomllib.loads((DATA / "guides.toml").read_text(encoding="utf-8"))["guides"]
    new = [guide for guide in guides if not GuidancePage.objects.child_of(index).filter(slug=guide["slug"]).exists()]
    for guide in new:
        page = GuidancePage(
            title=guide["title"],
            slug=guide["slug"],
            lead=guide["lead"],
            audience=guide["audience"],
            checked_on=calendar.one(CHECKED_DAYS_AGO),
            body=[block(part) for part in guide["body"]],
            owner=editor,
        )
        index.add_child(instance=page)
        _publish(page, editor)
    by_slug = {page.slug: page for page in GuidancePage.objects.child_of(index)}
    for guide in new:  # when all are there
        page = by_slug[guide["slug"]]
        page.related.set([RelatedGuide(guide=by_slug[slug], sort_order=n) for n, slug in enumerate(guide["related"])])
        _publish(page, editor)
    return len(new)


def block(part: dict[str, Any]) -> tuple[str, Any]:
    """A part of a guide, as the stream of blocks takes it."""
    ((kind, value),) = part.items()
    if kind in ("text", "inset"):
        return kind, rich_text(value)
    if kind == "steps":
        return kind, [{"title": step["title"], "text": rich_text(step["text"])} for step in value]
    return kind, value


def bullets(lines: list[str]) -> str:
    """A list, as rich text."""
    return f"<ul>{''.join(f'<li>{_inline(line)}</li>' for line in lines)}</ul>"


def rich_text(words: str) -> str:
    """Paragraphs and lists, as rich text."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", words.strip())]
    return "".join(
        bullets([line.removeprefix("* ") for line in part.split("\n")])
        if part.startswith("* ")
        else f"<p>{_inline(part)}</p>"
        for part in parts
    )


def _inline(words: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(words))

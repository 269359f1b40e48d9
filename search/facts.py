"""What a document says of an opportunity or a partner: one method for each declared field.

Objects come with everything loaded (`opportunities.selectors.with_parts`), so nothing here asks the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils import timezone

from opportunities.models import Opportunity, Session
from opportunities.visibility import Visibility
from partners.models import Partner, Site
from search.document import (
    ANYTIME,
    FIELDS,
    ONLINE,
    OPEN,
    Document,
    DocumentType,
    Value,
    day_number,
    moment,
    newest_key,
    rank_key,
    signed,
)
from search.results import Card, CardSkill
from search.text import analysed, plain_words, prefixes
from taxonomy.models import AccessFeature, OutwardCode

#: A session that runs longer than this many days is found by its first days only.
_LONGEST_RUN = 400


def document_of(facts: OpportunityFacts | PartnerFacts) -> Document:
    """The document: a value for each declared field that the facts have a method for."""
    values: dict[str, Value] = {}
    for field in FIELDS:
        tell = getattr(facts, field.source, None)
        if tell is not None:
            value = tell()
            if value not in ("", (), None):
                values[field.name] = value
    return signed(values)


@dataclass
class OpportunityFacts:
    """An opportunity at a moment, with what was judged of its visibility."""

    opportunity: Opportunity
    visibility: Visibility
    now: datetime

    # Who and what.

    def key(self) -> str:
        return DocumentType.OPPORTUNITY.key(self.opportunity.pk)

    def type(self) -> str:
        return DocumentType.OPPORTUNITY.value

    def id(self) -> int:
        return self.opportunity.pk

    @cached_property
    def offering(self) -> list[Partner]:
        """The partners that offer it, the first one first."""
        return [self.opportunity.offered_by, *(row.partner for row in self.opportunity.co_offers.all())]

    # Text.

    def title(self) -> str:
        return analysed([self.opportunity.title])

    def partner_names(self) -> str:
        return analysed(self._partner_texts)

    def summary(self) -> str:
        return analysed([self.opportunity.summary])

    def tag_labels(self) -> str:
        return analysed(self._labels)

    def description(self) -> str:
        return analysed(self._long_texts)

    def words(self) -> str:
        texts = [
            self.opportunity.title,
            self.opportunity.summary,
            *self._partner_texts,
            *self._labels,
            *self._long_texts,
        ]
        return " ".join(dict.fromkeys(word for text in texts for word in plain_words(text)))

    def prefixes(self) -> str:
        return prefixes([self.opportunity.title, self.opportunity.offered_by.name])

    @cached_property
    def _partner_texts(self) -> list[str]:
        names = [partner.name for partner in self.offering]
        host = self.opportunity.host.name
        return names if host in names else [*names, host]

    @cached_property
    def _labels(self) -> list[str]:
        it = self.opportunity
        terms = [
            row.tag.name
            for rows in (it.skill_items, it.audience_items, it.sector_items, it.theme_items, it.subject_items)
            for row in rows.all()
        ]
        shown = [
            it.get_kind_display(), it.strand.label, it.get_format_display(), it.get_place_display(), it.get_cost_display(),
            it.get_placement_type_display(), it.get_level_display(), self._place_name, self._neighbourhood_site,
            it.campaign.name if it.campaign else "", *(partner.get_kind_display() for partner in self.offering),
            *(feature.name for feature in self._present),
        ]  # fmt: skip
        return [*terms, *(label for label in shown if label)]

    @cached_property
    def _long_texts(self) -> list[str]:
        it = self.opportunity
        practices = [row.practice for row in it.skill_items.all()]
        lines = [f"{row.title} {row.text}" for row in it.timetable.all()]
        rest = [it.tasks, it.access_route, it.cost_help, it.days_and_hours, it.supervisor_role]
        return [text for text in (it.description, *practices, *lines, *rest) if text]

    # Facets.

    def kind(self) -> str:
        return self.opportunity.kind

    def strand(self) -> str:
        return self.opportunity.strand.value

    def skill(self) -> str:
        return _slugs(self.opportunity.skill_items.all())

    def audience(self) -> str:
        return _slugs(self.opportunity.audience_items.all())

    def sector(self) -> str:
        return _slugs(self.opportunity.sector_items.all())

    def theme(self) -> str:
        return _slugs(self.opportunity.theme_items.all())

    def subject(self) -> str:
        return _slugs(self.opportunity.subject_items.all())

    def borough(self) -> str:
        code = self._outward_code
        return code.borough.slug if code and code.borough else ""

    def place(self) -> str:
        return self.opportunity.place

    def cost(self) -> str:
        return self.opportunity.cost

    def partner_kind(self) -> str:
        return " ".join(dict.fromkeys(partner.kind for partner in self.offering))

    def access(self) -> str:
        return " ".join(feature.slug for feature in self._present)

    @cached_property
    def _present(self) -> list[AccessFeature]:
        """What it says is there, and what its site has, unless it says that this is missing."""
        rows = list(self.opportunity.access.all())
        missing = {row.feature_id for row in rows if not row.present}
        found = {row.feature_id: row.feature for row in rows if row.present}
        for feature in self._site.access_features.all() if self.opportunity.site_id and self._site else ():
            if feature.pk not in missing:
                found.setdefault(feature.pk, feature)
        return sorted(found.values(), key=lambda feature: (feature.order, feature.slug))

    # For whom.

    def years(self) -> str:
        """Its own school years, or those of its audiences."""
        it = self.opportunity
        if it.year_from is not None or it.year_to is not None:
            spans = [(it.year_from, it.year_to)]
        else:
            tags = [row.tag for row in it.audience_items.all()]
            spans = [
                (tag.year_from, tag.year_to) for tag in tags if tag.year_from is not None or tag.year_to is not None
            ]
        years = {
            year
            for low, high in spans
            for year in range(-1 if low is None else low, (13 if high is None else high) + 1)
        }
        return " ".join(f"y{year}" for year in sorted(years))

    # Where.

    def outcode(self) -> str:
        return self._outward_code.code if self._outward_code else ""

    @cached_property
    def _site(self) -> Site | None:
        """Its site, or the host's main one."""
        it = self.opportunity
        return it.site or next(iter(it.host.sites.all()), None)

    @cached_property
    def _outward_code(self) -> OutwardCode | None:
        if self.opportunity.format == Opportunity.Format.ONLINE or self.opportunity.place == Opportunity.Place.ONLINE:
            return None
        return self.opportunity.outward_code or (self._site.outward_code if self._site else None)

    @property
    def _place_name(self) -> str:
        code = self._outward_code
        return "" if code is None else code.borough.name if code.borough else code.local_authority

    @property
    def _neighbourhood_site(self) -> str:
        return self._site.name if self._site and self._outward_code and self.opportunity.site_id else ""

    # When.

    @cached_property
    def upcoming(self) -> list[Session]:
        """The sessions that are not over, in order."""
        if self.opportunity.availability != Opportunity.Availability.DATED:
            return []
        sessions = [session for session in self.opportunity.sessions.all() if session.ends > self.now]
        return sorted(sessions, key=lambda session: (session.starts, session.pk))

    @cached_property
    def shown(self) -> Session | None:
        """The session that a card names: the next to begin with a place, else the next to begin, else one under way."""
        ahead = [session for session in self.upcoming if session.starts > self.now]
        candidates = ahead or self.upcoming
        return next((session for session in candidates if not session.is_full), next(iter(candidates), None))

    @property
    def is_full(self) -> bool:
        """Whether it has sessions to come and none of them has a place."""
        return bool(self.upcoming) and all(session.is_full for session in self.upcoming)

    def traits(self) -> str:
        it = self.opportunity
        dated = it.availability == Opportunity.Availability.DATED
        held = {
            ONLINE: it.format != Opportunity.Format.IN_PERSON or it.place == Opportunity.Place.ONLINE,
            ANYTIME: it.availability == Opportunity.Availability.ALWAYS,
            OPEN: not dated or any(not session.is_full for session in self.upcoming),
        }
        return " ".join(trait for trait, holds in held.items() if holds)

    def days(self) -> tuple[int, ...]:
        return _days(self.upcoming)

    def open_days(self) -> tuple[int, ...]:
        return _days(session for session in self.upcoming if not session.is_full)

    def rank_key(self) -> int:
        return rank_key(self._next_day, self.opportunity.pk)

    def newest_key(self) -> int:
        published = self.opportunity.first_published_at
        return newest_key(_day(published) if published else 0, self._next_day, self.opportunity.pk)

    @property
    def _next_day(self) -> int | None:
        return _day(self.shown.starts) if self.shown else None

    def visible_until(self) -> int:
        return moment(self.visibility.visible_until)

    def next_change_at(self) -> int:
        """The next moment at which the clock alone makes another document of it, or none."""
        moments = [time for session in self.upcoming for time in (session.starts, session.ends)]
        if self.visibility.visible_until:
            moments.append(self.visibility.visible_until)
        return moment(min((time for time in moments if time > self.now), default=None))

    # What is shown.

    def card(self) -> str:
        it, shown = self.opportunity, self.shown
        later = [session for session in self.upcoming if shown and session.starts > shown.starts]
        return Card(
            id=it.pk,
            url=it.get_absolute_url(),
            title=it.title,
            summary=it.summary,
            kind=it.kind,
            kind_label=it.get_kind_display(),
            strand=it.strand.value,
            partner_name=it.offered_by.name,
            partner_url=it.offered_by.get_absolute_url(),
            with_partners=tuple(partner.name for partner in self.offering[1:]),
            availability=it.availability,
            next_start=shown.starts if shown else None,
            next_end=shown.ends if shown else None,
            later_dates=len(later),
            last_start=self.upcoming[-1].starts if self.upcoming else None,
            format=it.format,
            place=it.place,
            borough=self._place_name,
            outcode=self.outcode(),
            cost_kind=it.cost,
            cost_amount=it.cost_amount,
            cost_unit=it.cost_unit,
            family_price=it.family_price,
            places_left=shown.places_left if shown else None,
            capacity=shown.capacity if shown else None,
            waiting=shown.waiting if shown else 0,
            full=self.is_full,
            skills=tuple(CardSkill(row.tag.slug, row.tag.name, row.tag.family.slug) for row in it.skill_items.all()),
            documents_in_date=self.visibility.documents_in_date,
            year_from=it.year_from,
            year_to=it.year_to,
            audiences=tuple(row.tag.slug for row in it.audience_items.all()),
        ).to_json().decode()  # fmt: skip


@dataclass
class PartnerFacts:
    """A partner as suggestions show it. It has no text fields, so that no search finds it."""

    partner: Partner

    def key(self) -> str:
        return DocumentType.PARTNER.key(self.partner.pk)

    def type(self) -> str:
        return DocumentType.PARTNER.value

    def id(self) -> int:
        return self.partner.pk

    def prefixes(self) -> str:
        return prefixes([self.partner.name])

    def rank_key(self) -> int:
        return rank_key(None, self.partner.pk)

    def visible_until(self) -> int:
        return moment(self.partner.expire_at)

    def next_change_at(self) -> int:
        return moment(self.partner.expire_at)

    def card(self) -> str:
        it, url = self.partner, self.partner.get_absolute_url()
        card = Card(it.pk, url, it.name, it.summary, it.kind, it.get_kind_display(), "", it.name, url)
        return card.to_json().decode()


def _slugs(rows: Iterable) -> str:
    return " ".join(dict.fromkeys(row.tag.slug for row in rows))


def _day(time: datetime) -> int:
    return day_number(timezone.localdate(time))


def _days(sessions: Iterable[Session]) -> tuple[int, ...]:
    """The London days on which sessions run."""
    return tuple(sorted({day_number(day) for session in sessions for day in _run(session)}))


def _run(session: Session) -> Iterator[date]:
    first, last = timezone.localdate(session.starts), timezone.localdate(session.ends)
    for offset in range(min((last - first).days, _LONGEST_RUN) + 1):
        yield first + timedelta(days=offset)

"""All facts of an opportunity."""

from functools import cached_property

from search.document import DocumentType
from search.facts.sessions import SessionFacts
from search.facts.terms import TermFacts
from search.results import Card, CardSkill
from search.text import analysed, plain_words, prefixes


class OpportunityFacts(TermFacts, SessionFacts):
    """What a document says of an opportunity: its words and its card, beside its terms, place and sessions."""

    def key(self) -> str:
        return DocumentType.OPPORTUNITY.key(self.opportunity.pk)

    def type(self) -> str:
        return DocumentType.OPPORTUNITY.value

    def id(self) -> int:
        return self.opportunity.pk

    def title(self) -> str:
        return analysed([self.opportunity.title])

    def partner_names(self) -> str:
        return analysed(self._partner_texts)

    def partners(self) -> str:
        """The keys of all who offer or host it."""
        it = self.opportunity
        keys = [it.offered_by_id, it.host.pk, *(row.partner_id for row in it.co_offers.all())]
        return " ".join(str(key) for key in dict.fromkeys(keys))

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
            it.get_placement_type_display(), it.get_level_display(), *self._times, self.place_name, self.site_name,
            it.campaign.name if it.campaign else "", *(partner.get_kind_display() for partner in self.offering),
            *(feature.name for feature in self.present),
        ]  # fmt: skip
        return [*terms, *(label for label in shown if label)]

    @property
    def _times(self) -> list[str]:
        it = self.opportunity
        times = {"Daytime": it.in_daytime, "Evening": it.in_evening, "Weekend": it.at_weekend}
        return [label for label, holds in times.items() if holds]

    @cached_property
    def _long_texts(self) -> list[str]:
        it = self.opportunity
        practices = [row.practice for row in it.skill_items.all()]
        lines = [f"{row.title} {row.text}" for row in it.timetable.all()]
        rest = [it.tasks, it.access_route, it.cost_help, it.days_and_hours, it.supervisor_role]
        return [text for text in (it.description, *practices, *lines, *rest) if text]

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
            borough=self.place_name,
            outcode=self.outcode(),
            cost_kind=it.cost,
            cost_amount=it.cost_amount,
            cost_unit=it.cost_unit,
            family_price=it.family_price,
            pay_amount=it.pay_amount,
            pay_unit=it.pay_unit,
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

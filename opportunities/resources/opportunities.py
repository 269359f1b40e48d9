"""Importing a table of opportunities."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from import_export.results import Result
from tablib import Dataset

from accounts.models import User
from opportunities import services
from opportunities.models import Opportunity
from opportunities.requirements import needs_decision, publication_problems
from opportunities.selectors import is_held
from partners.four_eyes import LEFT_AS_DRAFT, why_not_by
from partners.models import Site
from partners.resources import latest_draft, refuse_locked
from taxonomy.resources import Outcome, Problem, Report, RowReport, Table
from taxonomy.resources.cells import fold
from taxonomy.resources.lists import split

from .columns import OpportunityTable
from .ordering import targets_first
from .record import COLUMNS_OF_FIELDS, OpportunityRecord, Terms, assign, record_of

HELD = "Held: a safeguarding question is answered with yes. It stays a draft until an officer has recorded a decision."
NOT_THERE = "There is no opportunity with this reference yet. Import this row again when it is there."

# What tells two opportunities apart that have no reference: title, partner, site, outward code.
Looks = tuple[str, int | None, Any, str | None]


@dataclass(slots=True)
class Waiting:
    """A row whose pathways lead to rows below it."""

    row: RowReport
    leads_to: tuple[int | str, ...]


class OpportunityResource(OpportunityTable):
    """Opportunities, found again by their reference. New ones are drafts, unless they are to be published.

    A row may lead to rows below it: pathways are completed when all rows are there.
    """

    noun = "opportunity"
    record_class = OpportunityRecord
    publish_permission = "opportunities.publish_opportunity"
    labels = ("reference", "title")
    columns_of_fields = COLUMNS_OF_FIELDS
    not_there = NOT_THERE  # what is said of a reference that leads nowhere

    user: User | None
    _draft: Opportunity

    # What was there before, and on the lines above.

    @cached_property
    def _ids(self) -> dict[str, int]:
        """Reference -> id, of all opportunities; grows with the import."""
        return dict(Opportunity.objects.exclude(reference="").values_list("reference", "pk"))

    @cached_property
    def _lines(self) -> tuple[dict[str, int], dict[Looks, int]]:
        """The lines above, by reference and by looks."""
        return {}, {}

    @cached_property
    def _terms(self) -> Terms:
        return Terms()

    @cached_property
    def _waiting(self) -> list[Waiting]:
        return []

    def run(self, table: Table, *, dry_run: bool = False) -> Report:
        """Takes the rows that others lead to first, so that few have to be completed afterwards."""
        places = {name: place for place, name in enumerate(table.columns)}
        self._in_file: set[str] = set()
        if "reference" in places:
            self._in_file = {" ".join(row.cells[places["reference"]].split()) for row in table.rows} - {""}
        if self._in_file and "leads_to" in places:
            ordered = targets_first(
                table.rows,
                lambda row: " ".join(row.cells[places["reference"]].split()),
                lambda row: split(row.cells[places["leads_to"]]),
            )
            table = replace(table, rows=tuple(ordered))
        report = super().run(table, dry_run=dry_run)
        report.rows.sort(key=lambda row: row.line)
        return report

    def find(self, row: Mapping[str, str]) -> Opportunity | None:
        """By its reference; without one, by its looks, so that the same row twice changes nothing."""
        self._alike = ""
        reference = self.text(row, "reference")
        if reference:
            return Opportunity.objects.filter(pk=self._ids.get(reference, 0)).first()
        record = OpportunityRecord()
        for name in ("title", "partner", "host", "site", "outward_code"):
            setattr(record, name, self.value(row, name))
        record.site = self._site_id(record) if record.site else None
        return self._found_alike(record)

    def _found_alike(self, record: OpportunityRecord) -> Opportunity | None:
        """What is there with the same looks; notes how to change it."""
        found = self._double(record)
        if found:
            there = f"“{found.title}” is there at the same partner and place, with {self._called(found)}."
            self._alike = f"{there} To change that one, give its reference."
        return found

    def record_of(self, instance: Opportunity) -> OpportunityRecord:
        """What its latest draft says."""
        return record_of(latest_draft(instance))

    def import_instance(self, record: OpportunityRecord, row: Mapping[str, str], **kwargs: object) -> None:
        """Finds the site by its name, and what the row leads to by its reference."""
        super().import_instance(record, row, **kwargs)
        if isinstance(record.site, str):
            site = self._site_id(record)
            if record.site and site is None:
                raise ValidationError({"site": self._no_site([f"“{name}”" for name in self._sites(record).values()])})
            record.site = site
        if record.site and record.outward_code:
            raise ValidationError({"outward_code": "Leave this empty: the site has a postcode."})
        self._resolve(record)

    def _no_site(self, names: list[str]) -> str:
        """What to say where a site has another name than these."""
        return (
            f"The host has no site of this name. It has {', '.join(names)}." if names else "The host has no sites yet."
        )

    def _resolve(self, record: OpportunityRecord) -> None:
        self._later: tuple[int | str, ...] = ()
        known = tuple(self._ids.get(one, one) if isinstance(one, str) else one for one in record.leads_to)
        unknown = [one for one in known if isinstance(one, str)]
        for reference in unknown:
            if reference not in self._in_file:
                self.row.notes.append(str(Problem("leads_to", reference, self.not_there)))
        record.leads_to = tuple(one for one in known if isinstance(one, int))
        if any(reference in self._in_file for reference in unknown):
            self._later = tuple(one for one in known if isinstance(one, int) or one in self._in_file)

    # Whether it doubles or differs.

    def duplicate(self, record: OpportunityRecord) -> str:
        """Looks among the lines above, then among all opportunities."""
        references, lines = self._lines
        if record.reference in references:
            return f"Line {references[record.reference]} has the same reference."
        looks = _looks(record)
        if looks in lines:
            return f"Line {lines[looks]} has the same title, partner and place."
        if self._alike and not self.is_unchanged(record):
            return self._alike
        if self.instance is None:
            other = self._double(record)
            if other:
                return f"An opportunity with the same title, partner and place is there already, with {self._called(other)}."
        if record.reference:
            references[record.reference] = self.row.line
        lines[looks] = self.row.line
        return ""

    def _called(self, found: Opportunity) -> str:
        """By which reference it can be named in a file."""
        return f"the reference {found.reference}" if found.reference else "no reference"

    def is_unchanged(self, record: OpportunityRecord) -> bool:
        """Whether draft and publication are as the row says."""
        assert self.instance is not None  # the caller's promise
        self.row.public = self.instance.live
        if record != self.current:
            return False
        unpublished = not self.instance.live or self.instance.has_unpublished_changes
        return not (self.publish and unpublished and self._may_go_public(latest_draft(self.instance)))

    def check(self, record: OpportunityRecord) -> None:
        """Asks the opportunity's own rules. Raises ValidationError."""
        if self.instance:
            self._refuse_locked(self.instance)
        self._draft = latest_draft(self.instance) if self.instance else Opportunity(live=False)
        self._assign(record)
        if self.dry_run:
            self._draft.full_clean()  # else saving it does
        self._publishes = self._may_go_public(self._draft) and self.publish
        self.row.public = self._publishes or bool(self.instance and self.instance.live)
        if self._later:
            self._waiting.append(Waiting(self.row, self._later))

    def _refuse_locked(self, instance: Opportunity) -> None:
        """Raises ValidationError if nobody may write a draft now."""
        refuse_locked(instance)

    def _assign(self, record: OpportunityRecord) -> None:
        """Makes the draft say what the record says."""
        assign(self._draft, record, self.current, self._terms)

    def _may_go_public(self, draft: Opportunity) -> bool:
        """Whether it may be published as it stands; notes why not."""
        missing = publication_problems(draft)
        self.row.notes += [
            f"Before it can be published: {Problem(COLUMNS_OF_FIELDS.get(field, field), '', reason)}"
            for field, reason in missing.items()
        ]
        held = needs_decision(draft) and (draft.pk is None or is_held(draft))
        if held:
            self.row.notes.append(HELD)
        own = self._why_own(draft) if self.publish else ""
        if own:
            self.row.notes.append(own)
        return not missing and not held and not own

    def _why_own(self, draft: Opportunity) -> str:
        """Why somebody else has to publish it; empty if the user may."""
        return why_not_by(self.user, draft, onward=LEFT_AS_DRAFT) if self.user is not None else ""

    # Writing.

    def write(self, record: OpportunityRecord) -> Opportunity:
        """Saves the draft, and publishes it if that was asked for and may be."""
        self._save(self._draft, publish=self._publishes)
        if record.reference:
            self._ids[record.reference] = self._draft.pk
        return self._draft

    def _save(self, draft: Opportunity, *, publish: bool) -> None:
        if publish:
            services.publish(draft, self.user)
        else:
            services.save_draft(draft, self.user)

    def after_import(self, dataset: Dataset, result: Result, **kwargs: Any) -> None:
        """Completes the pathways that led to rows below."""
        accepted = set(self._lines[0])
        for one in self._waiting:
            for reference in one.leads_to:
                there = (
                    not isinstance(reference, str) or reference in self._ids or (self.dry_run and reference in accepted)
                )
                if not there:
                    one.row.notes.append(str(Problem("leads_to", str(reference), self.not_there)))
            if not self.dry_run and one.row.object_id and one.row.outcome is not Outcome.REFUSED:
                self._complete(one)

    def _complete(self, one: Waiting) -> None:
        opportunity = Opportunity.objects.get(pk=one.row.object_id or 0)
        draft = latest_draft(opportunity)
        before = record_of(draft)
        targets = [self._ids.get(target) if isinstance(target, str) else target for target in one.leads_to]
        after = record_of(draft)
        after.leads_to = tuple(target for target in targets if target is not None)
        if after != before:
            assign(draft, after, before, self._terms)
            unchanged = opportunity.live and not opportunity.has_unpublished_changes
            self._save(draft, publish=self.publish and unchanged and not self._why_own(draft))

    # Looking things up.

    @cached_property
    def _sites_of(self) -> dict[int, dict[int, str]]:
        """Partner -> its sites, by id; as they were when the import began."""
        found: dict[int, dict[int, str]] = {}
        for pk, name, partner in Site.objects.values_list("pk", "name", "partner_id"):
            found.setdefault(partner, {})[pk] = name
        return found

    def _sites(self, record: OpportunityRecord) -> dict[int, str]:
        """The sites that the row may name: the host's, then the partner's."""
        partners = [partner for partner in (record.host, record.partner) if partner]
        return {pk: name for partner in partners for pk, name in self._sites_of.get(partner, {}).items()}

    def _site_id(self, record: OpportunityRecord) -> int | None:
        if not isinstance(record.site, str):
            return record.site
        wanted = fold(record.site)
        return next((pk for pk, name in self._sites(record).items() if fold(name) == wanted), None) if wanted else None

    def _double(self, record: OpportunityRecord) -> Opportunity | None:
        """An opportunity that is there with the same looks."""
        if not record.title or not record.partner or isinstance(record.site, str):
            return None
        same = Opportunity.objects.filter(
            offered_by=record.partner, site=record.site, outward_code=record.outward_code, title__iexact=record.title
        )
        return same.first()


def _looks(record: OpportunityRecord) -> Looks:
    return fold(record.title), record.partner, record.site, record.outward_code

"""What every import shares: rows become records, records are compared with what is there, and only then written.

A resource of django-import-export whose instances are records (plain dataclasses with one attribute
for each column) instead of models: writing goes through the services of the room, so that history
and outbox are right. A dry run writes nothing at all, and so takes no lock.
"""

import abc
import copy
import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import Result, RowResult
from tablib import Dataset

from .cells import Cell, CellError, tidy
from .files import Table, TableRow, column_name, read_table
from .formulas import unmarked
from .report import Outcome, Problem, Report, RowReport

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
FAULT = "It could not be saved, because of a fault in Find Fusion. It has been noted; the other rows went on."


class Column(Field):
    """A column: how its cells are read, and how it is explained to people. `heading` is how others call it, if otherwise."""

    def __init__(self, name: str, cell: Cell, explained: str, heading: str = "") -> None:
        self.heading = heading or name
        super().__init__(attribute=name, column_name=column_name(self.heading), widget=cell)
        self.explained = explained

    @property
    def required(self) -> bool:
        """Whether each row must fill it in."""
        return bool(self.widget.required)


class TableResource[Record, Instance: models.Model](Resource):
    """One kind of table. Rooms say how a row is found, compared, checked and written."""

    noun = "row"  # what a row describes
    record_class: type[Record]
    publish_permission = ""  # what whoever publishes with the import must be allowed
    labels: tuple[str, ...] = ("reference",)  # the columns that name a row in the report
    columns_of_fields: Mapping[str, str] = {}  # where a field of the model is called otherwise than its column

    class Meta:
        instance_loader_class = BaseInstanceLoader  # rows are found by `find`
        use_transactions = False
        skip_diff = True

    def __init__(
        self, *, user: AbstractBaseUser | None = None, publish: bool = False, progress: Progress | None = None
    ) -> None:
        super().__init__()
        self.user: Any = user
        self.publish = publish
        self.progress = progress
        self.report = Report("", "", dry_run=False)
        self.table_rows: tuple[TableRow, ...] = ()
        self.instance: Instance | None = None
        self.current: Record | None = None

    # The front door.

    @classmethod
    def columns(cls) -> dict[str, Column]:
        """Every column that means something, in order, by its name in files."""
        return {column.column_name: column for column in cls.fields.values()}

    @classmethod
    def read(cls, name: str, data: bytes) -> Table:
        """Reads a file as a table of this kind. Raises RefusedFile."""
        columns = cls.columns()
        return read_table(name, data, columns, [name for name, column in columns.items() if column.required])

    def run(self, table: Table, *, dry_run: bool = False) -> Report:
        """Imports the table, or only says what would happen. Never raises for what stands in a row."""
        self.report = Report(table.name, table.encoding, dry_run, list(table.notes))
        self.table_rows = table.rows
        dataset = Dataset(*(row.cells for row in table.rows), headers=list(table.columns))
        self.import_data(dataset, dry_run=dry_run)
        return self.report

    # What a room says.

    @abc.abstractmethod
    def find(self, row: Mapping[str, str]) -> Instance | None:
        """The object that this row is about, if it is there."""

    @abc.abstractmethod
    def record_of(self, instance: Instance) -> Record:
        """What is there, as a record."""

    def duplicate(self, record: Record) -> str:
        """A sentence naming what this row doubles; empty if nothing."""
        return ""

    def is_unchanged(self, record: Record) -> bool:
        """Whether writing the record would change nothing. Only asked where the object is there."""
        return record == self.current

    def check(self, record: Record) -> None:
        """Raises ValidationError, by field, for what the record may not say. Adds notes to the row. Writes nothing."""

    @abc.abstractmethod
    def write(self, record: Record) -> Instance:
        """Writes the record through the services of the room."""

    # How django-import-export walks through the rows.

    @property
    def row(self) -> RowReport:
        """The report on the row that is being read."""
        return self.report.rows[-1]

    @property
    def dry_run(self) -> bool:
        """Whether nothing is to be written."""
        return self.report.dry_run

    def import_data(self, dataset: Dataset, dry_run: bool = False, raise_errors: bool = False, **kwargs: Any) -> Result:
        """Without the transaction around everything that a dry run would else be undone by."""
        return self.import_data_inner(dataset, dry_run, raise_errors, False, False, **kwargs)

    def import_row(self, row: Mapping[str, str], instance_loader: Any, **kwargs: Any) -> RowResult:
        """One row, and what is to be said of it."""
        number: int = kwargs["row_number"]
        self.report.rows.append(RowReport(self.table_rows[number - 1].line, self._label(row)))
        result = super().import_row(row, instance_loader, **kwargs)
        if result.validation_error and not self.row.problems:
            self._note_problems(result.validation_error, row)
        if result.errors:
            error = result.errors[0].error
            logger.error("Line %s of an import could not be saved", self.row.line, exc_info=error)
            self.row.problems.append(Problem("", "", FAULT))
        if self.row.problems:
            self.row.outcome = Outcome.REFUSED
        if self.progress:
            self.progress(number, len(self.table_rows))
        return result

    def get_or_init_instance(self, instance_loader: Any, row: Mapping[str, str]) -> tuple[Record, bool]:
        """The record of what is there, on which the row's cells are laid; or an empty one."""
        problem = self.table_rows[len(self.report.rows) - 1].problem
        if problem:
            raise ValidationError(problem)
        self.instance = self.find(row)
        self.current = None
        if self.instance is None:
            return self.record_class(), True
        self.current = self.record_of(self.instance)
        return copy.copy(self.current), False

    def import_instance(self, record: Record, row: Mapping[str, str], **kwargs: Any) -> None:
        """Reads every cell of the row. Raises ValidationError when any of them cannot be read."""
        for name, column in self.fields.items():
            cell = row.get(column.column_name)
            if cell is None:
                continue
            try:
                setattr(record, name, column.widget.clean(cell))
            except CellError as error:
                self.row.problems += [
                    Problem(column.heading, value or cell, reason) for value, reason in error.problems
                ]
        if self.row.problems:
            raise ValidationError({problem.column: problem.reason for problem in self.row.problems})

    def skip_row(self, record: Record, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """Leaves out duplicates, and what is there already as the row says."""
        if import_validation_errors:
            return False
        doubled = self.duplicate(record)
        if doubled:
            self.row.outcome = Outcome.DUPLICATE
            self.row.notes.append(doubled)
            return True
        if self.instance is not None and self.is_unchanged(record):
            self.row.outcome = Outcome.UNCHANGED
            self.row.object_id = self.instance.pk
            return True
        return False

    def validate_instance(
        self, record: Record, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Raises ValidationError for what the cells together may not say."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)
        self.check(record)
        self.row.outcome = Outcome.NEW if self.instance is None else Outcome.CHANGED

    def do_instance_save(self, record: Record, is_create: bool) -> None:
        """Writes one row, all of it or nothing. Not called in a dry run."""
        with transaction.atomic():
            self.instance = self.write(record)
        self.row.object_id = self.instance.pk

    def _label(self, row: Mapping[str, str]) -> str:
        return " ".join(text for text in (self.text(row, name)[:80] for name in self.labels) if text)

    def text(self, row: Mapping[str, str], name: str) -> str:
        """A cell as plain text; empty where it cannot be read or is not there."""
        try:
            typed, _ = unmarked(str(row.get(self.fields[name].column_name, "")))
            return " ".join(tidy(typed).split())
        except CellError:
            return ""

    def value(self, row: Mapping[str, str], name: str) -> Any:
        """A cell as it is read; its empty value where it cannot be read or is not there."""
        column = self.fields[name]
        try:
            return column.widget.clean(row.get(column.column_name, ""))
        except CellError:
            return column.widget.empty

    def _note_problems(self, error: ValidationError, row: Mapping[str, str]) -> None:
        by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for field, messages in by_field.items():
            column = self.fields.get(self.columns_of_fields.get(field, field))
            heading, cell = (column.heading, row.get(column.column_name, "")) if column else ("", "")
            self.row.problems += [Problem(heading, cell, message) for message in messages]

"""A workbook of Excel, row by row: the outcomes of formulas, dates as dates, and what one sees."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from wvp_docs.exchange.notes import Code, Notes, Spot
from wvp_docs.exchange.sheet_facts import Facts, Merged, facts_of
from wvp_docs.exchange.tables import Absent, Row, Sheet, Table, TableError, letter, text_of
from wvp_docs.exchange.xlsx_package import BROKEN, broken, require_harmless
from wvp_docs.findings import Severity

_AT_ONCE = 500
_UNHIDE = "Maak het zichtbaar in Excel als het wel mee moet."
_LITERAL = re.compile(r'"[^"]*"|\\.')
"""What a number format prints as it stands."""
_HEADINGS = 50
"""Rows: a title above the table stands in the first ones."""


def open_xlsx(path: Path, notes: Notes) -> Table:
    """Return the sheets of the workbook that a person can see; the hidden ones are named.

    Raises:
        TableError: it is no workbook, may not be trusted, or openpyxl is not there.
    """
    require_harmless(path)
    openpyxl = load_openpyxl()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that it does not know
            book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except BROKEN as error:
        raise broken(path) from error
    try:
        return Table(tuple(_visible(path, book, notes)), book.close)
    except BROKEN as error:
        book.close()
        raise broken(path) from error


def load_openpyxl() -> Any:
    """Return the library that reads and writes workbooks; it is an extra.

    Raises:
        TableError: it is not installed; the hint says how.
    """
    try:
        import openpyxl  # noqa: PLC0415  only spreadsheets need it
    except ImportError as error:
        raise TableError(
            "Voor Excel-bestanden is openpyxl nodig, en dat is niet geïnstalleerd.",
            hint='Geef: pip install "wvp-docs[tabel]". Of bewaar het bestand als csv.',
        ) from error
    return openpyxl


def _visible(path: Path, book: Any, notes: Notes) -> Iterator[Sheet]:
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            yield _sheet(path, sheet, notes)
        else:
            said = "het blad is verborgen en is niet overgenomen."
            notes.add(Code.HIDDEN, Severity.WARNING, Spot(sheet.title), said, _UNHIDE)


def _sheet(path: Path, sheet: Any, notes: Notes) -> Sheet:
    with zipfile.ZipFile(path) as package, package.open(_part_of(sheet)) as part:
        facts = facts_of(path, part)
    _tell(facts, Spot(sheet.title), notes)
    reader = _Reader(path, sheet, facts)
    headings: dict[int, dict[int, str]] = {}
    for item in facts.merged:
        if item.first_row <= _HEADINGS and item.last_column > item.first_column:
            headings.setdefault(item.last_row, {})
    if headings:
        for row in islice(reader.rows(), _HEADINGS):
            _spread(row, facts.merged, headings)
    return Sheet(sheet.title, reader.rows, frozenset(facts.hidden_columns), headings)


def _part_of(sheet: Any) -> str:
    return str(sheet._worksheet_path)  # noqa: SLF001  openpyxl tells it nowhere else


def _tell(facts: Facts, spot: Spot, notes: Notes) -> None:
    if count := len(facts.hidden_rows):
        rows = "1 rij is" if count == 1 else f"{count} rijen zijn"
        said = f"{rows} verborgen (vanaf rij {min(facts.hidden_rows)}) en niet overgenomen."
        hint = "Staat er een filter aan? Haal dat weg als de rijen wel mee moeten."
        notes.add(Code.HIDDEN, Severity.WARNING, spot, said, hint)
    for column in sorted(facts.hidden_columns)[:_HEADINGS]:
        said = "de kolom is verborgen en is niet overgenomen."
        notes.add(Code.HIDDEN, Severity.WARNING, Spot(spot.sheet, 0, column + 1), said, _UNHIDE)
    for item in facts.merged:
        if item.last_column > item.first_column and item.first_row > _HEADINGS:
            notes.add(
                Code.MERGED,
                Severity.WARNING,
                Spot(spot.sheet, item.first_row, item.first_column + 1),
                f"deze cel is samengevoegd tot en met kolom {letter(item.last_column)}; wat erin "
                "staat, telt alleen voor de eerste kolom.",
                "Splits de cel in Excel en vul elke kolom in.",
            )


def _spread(row: Row, merged: list[Merged], headings: dict[int, dict[int, str]]) -> None:
    """Keep what a merged cell in this row says, for each column that it stands above."""
    for item in merged:
        if item.first_row == row.number and item.last_column > item.first_column:
            cell = row.cells[item.first_column] if len(row.cells) > item.first_column else None
            text = text_of(cell)
            for column in range(item.first_column, item.last_column + 1):
                headings.setdefault(item.last_row, {})[column] = text


class _Reader:
    """Gives the rows of one sheet, as often as it is asked."""

    def __init__(self, path: Path, sheet: Any, facts: Facts) -> None:
        self.path = path
        self.sheet = sheet
        self.facts = facts
        # Below the first row of such a range the file holds nothing: a person sees the same text.
        self.tall = {
            (it.first_row, it.first_column): it.last_row
            for it in facts.merged
            if it.last_row > it.first_row and it.last_column == it.first_column
        }

    def rows(self) -> Iterator[Row]:
        """Yield the rows from the top, without the hidden ones."""
        self.sheet.reset_dimensions()  # what the file says of its size makes empty rows
        lasting: dict[int, tuple[int, object]] = {}
        for number, cells in enumerate(self._cells(), 1):
            values = [self._value(cell) for cell in cells]
            for column in [at for at, (last, _) in lasting.items() if number > last]:
                del lasting[column]
            for column, (_, value) in lasting.items():
                values.extend([None] * (column + 1 - len(values)))
                values[column] = value
            for column, value in enumerate(values):
                if last := self.tall.get((number, column)):
                    lasting[column] = (last, value)
            if number not in self.facts.hidden_rows:
                yield Row(number, self._seen(number, values))

    def _cells(self) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of openpyxl, which warns of dates that cannot be: those become errors."""
        rows = self.sheet.iter_rows()
        while True:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    some = list(islice(rows, _AT_ONCE))
            except BROKEN as error:
                raise broken(self.path) from error
            if not some:
                return
            yield from some

    def _seen(self, number: int, values: list[object]) -> tuple[object, ...]:
        for column in self.facts.no_outcome.get(number, ()):
            values[column] = Absent.FORMULA
        return tuple(values)

    @staticmethod
    def _value(cell: Any) -> object:
        value = cell.value
        if isinstance(value, str):
            return value.strip() or None
        if isinstance(value, int | float) and not isinstance(value, bool):
            # What a person sees as 70% is stored as 0.7.
            if "%" in _LITERAL.sub("", cell.number_format):
                return f"{value * 100:.6g}%".replace(".", ",")
            return value
        if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date()
        return value

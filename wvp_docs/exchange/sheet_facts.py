"""What the streaming reader of openpyxl does not tell of a sheet: what is hidden or merged.

Also which formulas have no outcome. The part is read once as a stream, before its cells are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from wvp_docs.exchange.tables import LAST_COLUMN, LAST_ROW, TableError
from wvp_docs.exchange.xlsx_package import broken, refuse_dtd

_CHUNK = 1 << 18
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
MAX_MARKED = 200_000
"""Merged ranges and formulas without outcome: more is no list of people."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that were made one; rows from 1, columns from 0, the last ones included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass
class Facts:
    """What a person sees of a sheet, beside its cells.

    Attributes:
        hidden_rows: from 1.
        hidden_columns: from 0.
        no_outcome: by row from 1 the columns from 0 of formulas that no program ever worked out.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    no_outcome: dict[int, set[int]] = field(default_factory=dict)


def facts_of(path: Path, part: IO[bytes]) -> Facts:
    """Return the facts of one sheet.

    Args:
        path: the workbook, for the messages.
        part: the XML of the sheet.

    Raises:
        TableError: it has a DTD, or says what no sheet can.
    """
    scan = _Scan(path)
    while chunk := part.read(_CHUNK):
        scan.parser.Parse(chunk)
    scan.parser.Parse(b"", True)  # noqa: FBT003  expat takes no names
    return scan.facts


class _Scan:
    """Reads the tags of one sheet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.facts = Facts()
        self.row = self.marked = 0
        self.column = -1
        self.is_formula = self.is_text = self.has_outcome = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = refuse_dtd(path)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "c":
            self.is_formula = self.has_outcome = False
            self.is_text = attributes.get("t") == "str"
            self.column = self.column_of(attributes.get("r", ""))
        elif local == "v" and self.is_formula:
            # A text may come out empty; of a number or a yes there is always something.
            self.has_outcome = self.is_text
            self.parser.CharacterDataHandler = self.outcome
        elif local == "f":
            self.is_formula = True
        elif local == "row":
            self.begin_row(attributes)
        elif local == "col" and _is_true(attributes.get("hidden")):
            first, last = int(attributes["min"]), min(int(attributes["max"]), LAST_COLUMN)
            self.facts.hidden_columns.update(range(first - 1, last))
        elif local == "mergeCell":
            self.merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if not self.is_formula:
            return
        if name.endswith(" v"):
            self.parser.CharacterDataHandler = None
        elif name.endswith(" c") and not self.has_outcome:
            self.mark()
            self.facts.no_outcome.setdefault(self.row, set()).add(self.column)

    def outcome(self, _text: str) -> None:
        self.has_outcome = True

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        number = int(attributes["r"]) if "r" in attributes else self.row + 1
        if not self.row < number <= LAST_ROW:
            raise broken(self.path)
        self.row, self.column = number, -1
        if _is_true(attributes.get("hidden")):
            self.facts.hidden_rows.add(number)

    def column_of(self, cell: str) -> int:
        """Return the column of a cell; what reads the cells makes room for all up to the last."""
        if not cell:
            return self.column + 1
        match = _CELL.fullmatch(cell)
        column = number_of(match[1]) if match else LAST_COLUMN
        if not match or int(match[2]) != self.row or not self.column < column < LAST_COLUMN:
            raise broken(self.path)
        return column

    def merge(self, ref: str) -> None:
        if match := _RANGE.fullmatch(ref):
            self.mark()
            first, last = number_of(match[1]), min(number_of(match[3]), LAST_COLUMN)
            self.facts.merged.append(Merged(int(match[2]), first, int(match[4]), last))

    def mark(self) -> None:
        self.marked += 1
        if self.marked > MAX_MARKED:
            raise TableError(
                f"{self.path} heeft meer dan {MAX_MARKED} samengevoegde cellen, of formules zonder "
                "uitkomst.",
                hint="Open het in Excel, plak alles als waarden in een nieuw blad en bewaar het.",
            )


def number_of(letters: str) -> int:
    """Return which column the letters mean, counted from 0."""
    number = 0
    for char in letters:
        number = number * 26 + ord(char) - ord("A") + 1
    return number - 1


def _is_true(value: str | None) -> bool:
    return value in {"1", "true"}

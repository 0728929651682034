"""What a spreadsheet is here: sheets of rows, read one by one, whatever the file is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import ClassVar

from wvp_docs.errors import ExitCode, WvpError

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""What a sheet of Excel can hold; a file that says more is broken, or made to hurt."""


class TableError(WvpError):
    """The spreadsheet cannot be read, or is none that can be trusted."""

    exit_code: ClassVar[ExitCode] = ExitCode.CASE


class Absent(Enum):
    """A cell that shows something, of which the file does not say what."""

    FORMULA = "formula"
    """A formula of which no program ever stored the outcome."""
    LETTERS = "letters"
    """A text in other letters than the rest of the file."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet.

    Attributes:
        number: as the spreadsheet program counts, from 1.
        cells: from column A; None is empty.
    """

    number: int
    cells: tuple[object, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return all(text_of(cell) == "" for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """One sheet that a person can see.

    Attributes:
        name: as on its tab; of a csv the stem of the file.
        rows: gives the rows from the top, anew at each call; hidden ones are left out.
        hidden_columns: from 0; what stands there is not taken over.
        headings: from 0: the text of a merged cell that stands above more columns, by row.
    """

    name: str
    rows: Callable[[], Iterator[Row]]
    hidden_columns: frozenset[int] = frozenset()
    headings: dict[int, dict[int, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A spreadsheet file.

    Attributes:
        sheets: those that a person can see.
        close: lets go of the file.
    """

    sheets: tuple[Sheet, ...]
    close: Callable[[], None] = lambda: None


def letter(column: int) -> str:
    """Return how a spreadsheet program calls a column, counted from 0: `A`, `AB`."""
    first, last = divmod(column, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def text_of(cell: object) -> str:
    """Return what a cell says as one text; a whole number has no decimals, an empty cell is ""."""
    if cell is None or isinstance(cell, Absent):
        return "" if cell is None else "="
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()

"""The header of a sheet: on which row it stands, and what each column is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from wvp_docs.exchange.notes import Code, Notes, Spot
from wvp_docs.exchange.tables import Row, Sheet, letter, text_of
from wvp_docs.findings import Severity

LOOKED_AT = 50
"""Rows: above a table there is a title, a logo and a date, and no more."""
_LONGEST = 120
"""Characters: more is no name of a column."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the columns of a sheet are called.

    Attributes:
        row: on which row it stands, from 1.
        titles: by column from 0; hidden columns and those without a name are not in it.
        bare: of the columns below a merged cell the name alone, without what that cell says.
    """

    row: int
    titles: dict[int, str]
    bare: dict[int, str] = field(default_factory=dict)


def header_of(sheet: Sheet, is_known: Callable[[str], bool], notes: Notes) -> Header | None:
    """Return the header of a sheet: the row with the most known names, None of an empty sheet.

    Args:
        sheet: where to look.
        is_known: whether a text is the name of a column.
        notes: is told what is strange about it.
    """
    rows = [row for row in islice(sheet.rows(), LOOKED_AT) if not row.is_empty]
    if not rows:
        return None
    top = max(rows, key=lambda row: (_known(row, sheet, is_known), _texts(row), -row.number))
    titles = _titles(sheet, top, notes)
    filled = {
        at for row in rows if row.number > top.number for at, it in enumerate(row.cells) if it
    }
    for column in sorted(filled - titles.keys() - sheet.hidden_columns):
        said = "boven deze kolom staat geen naam; zij is niet overgenomen."
        hint = "Zet er een naam boven als de kolom wel mee moet."
        notes.add(
            Code.HEADER, Severity.WARNING, Spot(sheet.name, top.number, column + 1), said, hint
        )
    above = sheet.headings.get(top.number - 1, {})
    bare = {at: text_of(top.cells[at]) for at in titles if above.get(at)}
    return Header(top.number, titles, bare)


def _known(row: Row, sheet: Sheet, is_known: Callable[[str], bool]) -> int:
    """Return how many names stand in a row; what stands above more columns is the name of none."""
    wide = sheet.headings.get(row.number, {})
    names = {it for at, it in enumerate(row.cells) if isinstance(it, str) and at not in wide}
    return sum(is_known(name) for name in names)


def _texts(row: Row) -> int:
    return sum(isinstance(cell, str) and len(cell) <= _LONGEST for cell in row.cells)


def _titles(sheet: Sheet, top: Row, notes: Notes) -> dict[int, str]:
    """Return the names; what a merged cell just above says comes in front of a name."""
    above = sheet.headings.get(top.number - 1, {})
    names = {
        column: " ".join(f"{above.get(column, '')} {text_of(cell)}".split())
        for column, cell in enumerate(top.cells)
        if text_of(cell) and column not in sheet.hidden_columns
    }
    seen: Counter[str] = Counter()
    titles: dict[int, str] = {}
    for column, name in names.items():
        short = name[:_LONGEST]
        seen[short.lower()] += 1
        count = seen[short.lower()]
        titles[column] = f"{short} ({count})" if count > 1 else short
        if count > 1:
            said = f"deze kolomnaam komt vaker voor; hier heet de kolom '… ({count})'."
            hint = f"Geef kolom {letter(column)} een eigen naam."
            spot = Spot(sheet.name, top.number, column + 1)
            notes.add(Code.HEADER, Severity.WARNING, spot, said, hint)
    return titles

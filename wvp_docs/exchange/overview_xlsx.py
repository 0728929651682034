"""The overview as a workbook: dates are dates, a status reads without its colour, text is text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from wvp_docs.dates import show_date
from wvp_docs.exchange.overview import EXPLANATION, Column, Looked, Overview, Value
from wvp_docs.exchange.xlsx_table import load_openpyxl
from wvp_docs.ooxml import write_package
from wvp_docs.timeline.steps import Status

_CORE = "docProps/core.xml"
_INK, _DARK, _LIGHT, _LINE = "1F2937", "1F3A5F", "E8EEF5", "C5CFDB"
_TOP = 2
"""Rows above the cases: the steps, and what is told of each."""
_FROZEN = "B3"
_FONT, _LINE_HEIGHT, _WIDE = "Calibri", 16, 96
_DAY = "dd-mm-yyyy"

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


class _Look(NamedTuple):
    """How a status looks: the word says it, the colour only helps."""

    fill: str
    is_bold: bool


_LOOKS = {
    Status.LATE: _Look("F8D0CC", is_bold=True),
    Status.DONE_LATE: _Look("FBE3C0", is_bold=False),
    Status.SOON: _Look("FFF3B8", is_bold=True),
    Status.DONE: _Look("D6EBD3", is_bold=False),
    Status.OPEN: _Look("", is_bold=False),
    Status.PAST: _Look("ECECEC", is_bold=False),
    Status.NOT_NEEDED: _Look("ECECEC", is_bold=False),
}
_MEANS = {
    Status.LATE: "Niet gedaan, en de laatste dag is voorbij.",
    Status.SOON: "Moet binnen zes weken.",
    Status.OPEN: "Moet later, of de dag is nog niet bekend.",
    Status.DONE: "Op tijd gedaan.",
    Status.DONE_LATE: "Gedaan, na de laatste dag.",
    Status.PAST: "Een dag van de kalender of van UWV, die voorbij is.",
    Status.NOT_NEEDED: "Niet nodig in deze casus.",
}


def overview_xlsx(overview: Overview, cases: Iterable[Looked]) -> bytes:
    """Return the overview as a workbook; the same cases give the same bytes.

    Raises:
        TableError: openpyxl is not installed.
    """
    openpyxl = load_openpyxl()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Overzicht"
    columns = overview.columns()
    _head(sheet, columns)
    count = 0
    for count, looked in enumerate(cases, 1):
        for at, value in enumerate(overview.row(looked), 1):
            _fill(sheet.cell(_TOP + count, at), value)
    last = openpyxl.utils.get_column_letter(len(columns))
    sheet.freeze_panes = _FROZEN
    sheet.auto_filter.ref = f"A{_TOP}:{last}{_TOP + max(count, 1)}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A3
    sheet.print_title_rows, sheet.print_title_cols = f"1:{_TOP}", "A:A"
    _explain(book.create_sheet(EXPLANATION), overview, count)
    return _reproducible(book, overview.today)


def _head(sheet: Any, columns: tuple[Column, ...]) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  an extra

    for at, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width.value
        _style_head(sheet.cell(1, at), is_top=True)
        _style_head(sheet.cell(2, at, column.title), is_top=False)
    for step in dict.fromkeys(column.step for column in columns):
        these = [at for at, column in enumerate(columns, 1) if column.step == step]
        sheet.cell(1, these[0], step or "casus")
        sheet.merge_cells(None, 1, these[0], 1, these[-1])


def _style_head(cell: Any, *, is_top: bool) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415

    cell.font = Font(_FONT, bold=True, color="FFFFFF" if is_top else _INK)
    cell.fill = PatternFill("solid", fgColor=_DARK if is_top else _LIGHT)
    cell.alignment = Alignment(horizontal="left", vertical="center")
    line = Side("thin", color=_LINE)
    cell.border = Border(left=line, bottom=line)


def _fill(cell: Any, value: Value) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

    cell.alignment = Alignment(horizontal="left", vertical="top")
    if isinstance(value, Status):
        look = _LOOKS[value]
        cell.value = value.woorden
        cell.font = Font(_FONT, bold=look.is_bold)
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=look.fill)
    elif isinstance(value, str):
        cell.value = _UNPRINTABLE.sub("", value)
        # Whatever it begins with, it is what somebody typed and no formula.
        cell.data_type = "s"
        cell.quotePrefix = True
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = _DAY


def _explain(sheet: Any, overview: Overview, count: int) -> None:
    """Write what the words mean and where each step stands in the law."""
    from openpyxl.styles import Alignment  # noqa: PLC0415

    many = "1 casus" if count == 1 else f"{count} casussen"
    lines: list[tuple[Value, str]] = [
        (f"Stand op {show_date(overview.today)}, {many}", "Gemaakt door wvp-docs."),
        ("uiterlijk", "De laatste dag die de wet toelaat."),
        ("advies", "De werkdag waarop het verstandig is."),
        *_MEANS.items(),
    ]
    for duty in overview.duties:
        sources = dict.fromkeys(part for it in duty.termijnen for part in it.bron.split("; "))
        lines.append((duty.titel, "; ".join(sources)))
    for at, (word, meaning) in enumerate(lines, 1):
        _fill(sheet.cell(at, 1), word)
        cell = sheet.cell(at, 2, meaning)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.row_dimensions[at].height = _LINE_HEIGHT * (1 + len(meaning) // _WIDE)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 40, _WIDE
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _reproducible(book: Any, today: date) -> bytes:
    """Return the workbook without the clock of this machine in it."""
    book.properties.creator = "wvp-docs"
    book.properties.title = "Overzicht van casussen"
    moment = datetime(today.year, today.month, today.day)  # noqa: DTZ001  a day has no zone
    book.properties.created = moment
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        members = {info.filename: package.read(info) for info in package.infolist()}
    # Saving notes the time itself, whatever was set before.
    modified = rf"\g<1>{moment:%Y-%m-%dT%H:%M:%SZ}\g<2>".encode()
    pattern = rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)"
    members[_CORE] = re.sub(pattern, modified, members[_CORE])
    return write_package(members)

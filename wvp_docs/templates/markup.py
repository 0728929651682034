"""The few WordprocessingML elements that a scaffolded template is made of, as strings.

Knows elements, not forms. Looks come from styles by name, so hardly anything here formats.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

# Twentieths of a point, the unit of Word.
TWIPS_PER_CM = 567


def twips(cm: float) -> int:
    """Return a length in centimetres in the unit of Word."""
    return round(cm * TWIPS_PER_CM)


def run(text: str, style: str = "") -> str:
    """Return one run; a template tag must always be the whole text of one."""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tab() -> str:
    """Return a run that jumps to the next tab stop of its paragraph style."""
    return "<w:r><w:tab/></w:r>"


def paragraph(style: str, *runs: str) -> str:
    """Return a paragraph in a named style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


def held(text: str) -> str:
    """Return the same with all its paragraphs kept on one page with what follows."""
    return text.replace("/></w:pPr>", "/><w:keepNext/></w:pPr>")


def control(tag: str) -> str:
    """Return a paragraph that only steers the template and leaves no trace on paper."""
    return paragraph("Sturing", run("{%p " + tag + " %}"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row: its paragraphs and how many columns it covers."""

    paragraphs: str
    span: int = 1


def row(cells: tuple[Cell, ...], widths: tuple[int, ...], *, header: bool = False) -> str:
    """Return a row that never splits over two pages; a `header` row repeats on each page."""
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if header else "")
    written = []
    column = 0
    for cell in cells:
        width = sum(widths[column : column + cell.span])
        column += cell.span
        written.append(_cell(cell, width))
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(written)}</w:tr>"


def table(style: str, widths: tuple[int, ...], rows: str, *, description: str = "") -> str:
    """Return a table with fixed column widths, which every engine then lays out alike."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    described = f"<w:tblDescription w:val={_quoted(description)}/>" if description else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{described}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _cell(cell: Cell, width: int) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.span > 1:
        properties += f'<w:gridSpan w:val="{cell.span}"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{cell.paragraphs}</w:tc>"


def _quoted(text: str) -> str:
    return f'"{escape(text, {chr(34): "&quot;"})}"'

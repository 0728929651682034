"""The field book as a Word document in the style of the forms, to copy tags from."""

from __future__ import annotations

from collections.abc import Sequence

from wvp_docs.fieldbook.entries import Entry, Section
from wvp_docs.fieldbook.words import INTRODUCTION, TITLE, facts
from wvp_docs.templates.markup import Cell, paragraph, row, run, table
from wvp_docs.templates.parts import package
from wvp_docs.templates.styles import TEXT_WIDTH


def as_word(book: Sequence[Section]) -> bytes:
    """Return the field book as a .docx; same book, same bytes."""
    body = (
        paragraph("Bovenregel", run("Wet verbetering poortwachter"))
        + paragraph("Title", run(TITLE))
        + "".join(paragraph("Brief", run(line)) for line in INTRODUCTION)
        + "".join(_section(section) for section in book)
    )
    return package(body, title=TITLE, header=run("wvp-docs"), footer=run(TITLE))


def _section(section: Section) -> str:
    entries = (_entry(entry) for entry in section.entries)
    return paragraph("Heading1", run(section.titel)) + "".join(entries)


def _rows(cells: Sequence[Sequence[str]]) -> str:
    """Return the rows as a real table: that is what a loop needs to be pasted as."""
    columns = max(map(len, cells))
    widths = (TEXT_WIDTH // columns,) * columns
    rows = (
        row(tuple(Cell(paragraph("Waarde", run(it)), columns // len(its)) for it in its), widths)
        for its in cells
    )
    # Two tables without anything between them are one table to Word.
    return table("Gegevens", widths, "".join(rows)) + paragraph("Scheiding")


def _entry(entry: Entry) -> str:
    """Return the question, the tag in plain text for who copies it, and the example."""
    about = (run(f"  ·  {fact}", "Zacht") for fact in facts(entry))
    text = paragraph("Heading2", run(entry.label), *about)
    if entry.rows:
        text += _rows(entry.rows)
    else:
        text += "".join(paragraph("Antwoord", run(line)) for line in entry.tag.split("\n"))
    if entry.voorbeeld:
        shown = entry.voorbeeld.replace("\n", "\N{EM SPACE}")
        text += paragraph("Antwoord", run(f"Voorbeeld: {shown}", "Zacht"))
    return text

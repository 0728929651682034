"""The field book as a Word document in the style of the forms, to copy tags from."""

from __future__ import annotations

from collections.abc import Sequence

from wvp_docs.fieldbook.entries import Entry, Section
from wvp_docs.fieldbook.words import INTRODUCTION, TITLE, facts
from wvp_docs.templates.markup import paragraph, run
from wvp_docs.templates.parts import package


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


def _entry(entry: Entry) -> str:
    """Return the question, the tag in plain text for who copies it, and the example."""
    about = (run(f"  ·  {fact}", "Zacht") for fact in facts(entry))
    text = paragraph("Heading2", run(entry.label), *about)
    text += "".join(paragraph("Antwoord", run(line)) for line in entry.tag.split("\n"))
    if entry.voorbeeld:
        shown = entry.voorbeeld.replace("\n", "\N{EM SPACE}")
        text += paragraph("Antwoord", run(f"Voorbeeld: {shown}", "Zacht"))
    return text

"""The field book as one web page: a click on a tag selects it, ready to copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from wvp_docs.fieldbook.entries import Entry, Section
from wvp_docs.fieldbook.words import HEADINGS, INTRODUCTION, TITLE, asked_by

_STYLE = """
body { font: 16px/1.5 Calibri, Carlito, sans-serif; color: #22292e; max-width: 90rem;
  margin: 2rem auto; padding: 0 1rem; }
h1, h2 { color: #1b4b5e; line-height: 1.2; }
h2 { margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; color: #1b4b5e; border-bottom: 2px solid #1b4b5e; }
td { border-bottom: 1px solid #d3dade; vertical-align: top; }
th, td { padding: .35rem .8rem .35rem 0; }
code { font: .9em/1.5 Consolas, monospace; user-select: all; white-space: pre-wrap;
  overflow-wrap: anywhere; background: #eef3f5; padding: .1rem .3rem; }
body > table > thead th:first-child { min-width: 38rem; }
.rijen td { border: 1px solid #d3dade; padding: .2rem .4rem; }
body > table > tbody > tr > td:nth-child(4) { white-space: pre-line; }
small { color: #5b6770; display: block; }
"""


def as_html(book: Sequence[Section]) -> str:
    """Return the field book as a page that needs nothing else; same book, same text."""
    return "".join(
        (
            '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{TITLE}</title><style>{_STYLE}</style></head><body>\n<h1>{TITLE}</h1>\n",
            *(f"<p>{escape(line)}</p>\n" for line in INTRODUCTION),
            *(line for section in book for line in _section(section)),
            "</body></html>\n",
        )
    )


def _section(section: Section) -> Iterator[str]:
    headings = "".join(f'<th scope="col">{heading}</th>' for heading in HEADINGS)
    yield f"<h2>{escape(section.titel)}</h2>\n<table><thead><tr>{headings}</tr></thead><tbody>\n"
    yield from (_row(entry) for entry in section.entries)
    yield "</tbody></table>\n"


def _row(entry: Entry) -> str:
    asked = f"<small>{escape(said)}</small>" if (said := asked_by(entry)) else ""
    cells = (
        _table(entry.rows) if entry.rows else _code(entry.tag),
        f"{escape(entry.label)}{asked}",
        escape(entry.soort),
        escape(entry.voorbeeld),
        escape(entry.verplicht),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"


def _code(tag: str) -> str:
    # No <wbr> behind the points: Word could paste it as a sign that cannot be seen.
    return f"<code>{escape(tag)}</code>"


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Return the rows of a loop as a table, that Word pastes as one."""
    columns = max(map(len, rows))
    lines = (
        "".join(f'<td colspan="{columns // len(row)}">{_code(it)}</td>' for it in row)
        for row in rows
    )
    return f'<table class="rijen">{"".join(f"<tr>{line}</tr>" for line in lines)}</table>'

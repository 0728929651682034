"""Contents, sheets and papers bound into one PDF, every printed page number right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wvp_docs import dates
from wvp_docs.contents import MISSING, Entry
from wvp_docs.context import Contexts
from wvp_docs.errors import EngineError
from wvp_docs.filling import CREATOR, Filling
from wvp_docs.pdf.bundle import Bundle, Part, assemble, page_labels
from wvp_docs.pdf.document import PdfInfo, page_count
from wvp_docs.pdf.labels import Layout
from wvp_docs.pdf.pages import single_pages
from wvp_docs.shown import Node, Shown

TITLE = "Re-integratieverslag"
"""Of the bundle for the application."""

FRONT = "_bundel"
"""Stem of the template with the front page and the contents."""

SHEETS = "_bladen"
"""Stem of the template with the tab sheets, and those in the place of what goes another way."""

LINE = {
    "nummer": "Nummer van het stuk",
    "titel": "Titel van het stuk",
    "datum": "Datum van het stuk",
    "ondertekenaars": "Wie het ondertekent",
    "pagina": "Bladzijde waarop het begint",
    "bestaat": "Of het stuk in de bundel zit",
    "ontbreekt": "Of het stuk ontbreekt",
}
"""What a row of `dossier.inhoud` holds, each with what it is."""

SHEET = {
    "nummer": "Nummer van het stuk",
    "titel": "Titel van het stuk",
    "datum": "Datum van het stuk, voluit",
    "door": "Wie het opstelde",
    "bladzijden": "Hoeveel bladzijden het heeft",
    "uitleg": "Waarom het stuk een andere weg gaat",
}
"""What a row of `dossier.bladen` holds, each with what it is."""

LINK_PREFIX = "https://wvp-docs.invalid/deel/"
"""Start of the addresses by which the contents name a part; `.invalid` leads nowhere by law."""

LINES_ON_A_PAGE = 34
"""About as many lines as the contents show on one page."""


def bind(entries: Sequence[Entry], filling: Filling, layout: Layout, titel: str) -> Bundle:
    """Return front page with contents, sheets and papers as one PDF.

    Args:
        entries: the contents; what is missing is a line without pages.
        filling: the templates of the dossier.
        layout: how the pages are laid out and numbered.
        titel: of the whole.

    Raises:
        WvpError: a template is broken, or a page got lost.
    """
    sheets = _sheets(entries, filling, titel)
    parts = [
        Part(entry.key, entry.titel, entry.pdf, number=entry.nummer, sheet=sheets.get(entry.key))
        for entry in entries
        if entry.is_bound
    ]
    front = _front(entries, parts, filling, layout, titel)
    info = PdfInfo(title=titel, creator=CREATOR)
    return assemble(front, parts, info=info, link_prefix=LINK_PREFIX, layout=layout)


def front_context(
    entries: Sequence[Entry], starts: Mapping[str, str], contexts: Contexts, titel: str
) -> dict[str, object]:
    """Return what the template with the contents can name.

    Args:
        entries: a row each.
        starts: the printed number of the first page of each, by its key.
        contexts: what every template can name.
        titel: of the whole.
    """
    rows = tuple(_row(entry, starts) for entry in entries)
    return {**contexts.shared(titel), "dossier": Node({"inhoud": rows})}


def sheets_context(entries: Sequence[Entry], contexts: Contexts, titel: str) -> dict[str, object]:
    """Return what the template with the sheets can name: a sheet for each of these entries."""
    rows = tuple(_sheet(entry) for entry in entries)
    return {**contexts.shared(titel), "dossier": Node({"bladen": rows})}


def _sheets(entries: Sequence[Entry], filling: Filling, titel: str) -> Mapping[str, bytes]:
    """Return the sheet of each entry that has one, by its key.

    Raises:
        EngineError: one of them does not fit its page.
    """
    wanted = [entry for entry in entries if entry.blad is not None]
    if not wanted:
        return {}
    context = sheets_context(wanted, filling.contexts, titel)
    pages = single_pages(filling.paper(SHEETS, context, titel))
    if len(pages) != len(wanted):
        raise EngineError(
            f"{len(wanted)} tabbladen namen {len(pages)} bladzijden in.",
            hint=f"Maak in {SHEETS}.docx de letters kleiner, of kort de titel van een bijlage in.",
        )
    return {entry.key: page for entry, page in zip(wanted, pages, strict=True)}


def _sheet(entry: Entry) -> Node:
    day = dates.spell_date(entry.datum) if entry.datum else ""
    pages = entry.pdf.pages if entry.pdf else 0
    size = f"{pages} bladzijde{'' if pages == 1 else 'n'}" if pages else ""
    texts = {
        "nummer": entry.nummer,
        "titel": entry.titel,
        "datum": day,
        "door": entry.ondertekenaars,
        "bladzijden": size,
        "uitleg": entry.blad or "",
    }
    return Node(
        {name: Shown(text, _path(entry, name), answered=bool(text)) for name, text in texts.items()}
    )


def _path(entry: Entry, name: str) -> str:
    """Return where the case says what stands on the line or the sheet of a piece."""
    source = entry.document or entry.attachment
    return f"{source.base if source else 'inhoud'}.{name}"


def _front(
    entries: Sequence[Entry], parts: Sequence[Part], filling: Filling, layout: Layout, titel: str
) -> bytes:
    """Return the front page with the contents, every page number in it right.

    The numbers depend on how many pages the contents take, and that is known only when they are
    set: a second round is needed only when the first guess was wrong.
    """
    lines = sum(1 + entry.ondertekenaars.count("\n") for entry in entries)
    length = 1 + lines // LINES_ON_A_PAGE
    for _ in range(3):
        labels = page_labels(length, parts, layout)
        starts = {part.key: own[0] for part, own in zip(parts, labels[1:], strict=True)}
        context = front_context(entries, starts, filling.contexts, titel)
        front = filling.paper(FRONT, context, titel)
        if page_count(front) == length:
            break
        length = page_count(front)
    return front


def _row(entry: Entry, starts: Mapping[str, str]) -> Node:
    page = starts.get(entry.key, MISSING)
    titel = entry.titel if entry.pdf or entry.is_missing else f"{entry.titel}\n{entry.blad}"
    return Node(
        {
            "nummer": Shown(entry.nummer, _path(entry, "nummer")),
            "titel": Shown(titel, _path(entry, "titel")),
            "datum": Shown(
                dates.show_date(entry.datum) if entry.datum else "", _path(entry, "datum")
            ),
            "ondertekenaars": Shown(
                entry.ondertekenaars, _path(entry, "door"), answered=bool(entry.ondertekenaars)
            ),
            "pagina": Shown(page, _path(entry, "pagina")),
            "bestaat": Shown("", answered=entry.is_bound),
            "ontbreekt": Shown("", answered=entry.is_missing),
        }
    )

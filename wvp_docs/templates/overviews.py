"""What the machine fills by itself: the parts of art. 6, and the front page of the bundle.

The rows come from `dossier`, not from a field of a form.
"""

from __future__ import annotations

from wvp_docs.templates import blocks
from wvp_docs.templates.blocks import tag
from wvp_docs.templates.markup import Cell, control, paragraph, run, table, twips
from wvp_docs.templates.parts import LINK_ID, package
from wvp_docs.templates.styles import TEXT_WIDTH

BUNDLE_TITLE = "Re-integratieverslag"

PART_ADDRESS = "https://wvp-docs.invalid/deel/"
"""Stands for a page of the bundle until that is known; `.invalid` leads nowhere, by agreement."""

_HEAD = (
    ("Werknemer", "werknemer.naam"),
    ("BSN", "werknemer.bsn"),
    ("Werkgever", "werkgever.naam"),
    ("Eerste ziektedag", "verzuim.eerste_ziektedag"),
    ("Dossier", "document.kenmerk"),
    ("Loonheffingennummer", "werkgever.loonheffingennummer"),
)


def parts() -> str:
    """Return the table of parts a to l, each with where it stands and who signed."""
    widths = _widths(0.7, 0, 3.4, 2.1, 5.6)
    header = _cells("Tabelkop", ("", "Onderdeel", "Staat in", "Datum", "Ondertekend door"))
    names = ("letter", "omschrijving", "document", "datum", "ondertekenaars")
    answers = _cells("Tabelcel", tuple(tag(f"rij.{name}") for name in names))
    rows = blocks.repeated(header, answers, "dossier.onderdelen", widths)
    return table("Overzicht", widths, rows, description="Onderdelen")


def bundle() -> bytes:
    """Return the .docx template of the bundle's front page and contents."""
    head = blocks.head([(label, tag(path)) for label, path in _HEAD])
    body = (
        paragraph("Bovenregel", run("Wet verbetering poortwachter"))
        + paragraph("Title", run(BUNDLE_TITLE))
        + head
        + paragraph("Heading1", run("Inhoud"))
        + control("if dossier.inhoud")
        + _contents()
        + control("else")
        + paragraph("Normal", run("In dit dossier zitten nog geen stukken."))
        + control("endif")
    )
    return package(body, title=BUNDLE_TITLE, address=PART_ADDRESS)


def _contents() -> str:
    widths = _widths(1.0, 0, 2.1, 5.7, 2.0)
    header = (
        *_cells("Tabelkop", ("Nr.", "Stuk", "Datum", "Ondertekend door")),
        Cell(paragraph("Tabelgetalkop", run("Pagina"))),
    )
    answers = (
        Cell(paragraph("Tabelcel", run(tag("rij.nummer"), "Nummer"))),
        Cell(paragraph("Tabelcel", run(tag("rij.titel")))),
        *_cells("Tabelcel", (tag("rij.datum"), tag("rij.ondertekenaars"))),
        Cell(paragraph("Tabelgetal", *_page())),
    )
    rows = blocks.repeated(header, answers, "dossier.inhoud", widths)
    return table("Overzicht", widths, rows, description="Inhoud")


def _page() -> tuple[str, ...]:
    """Return the page of a part, or that it is missing, in a style that nobody overlooks.

    The page is a link. Its address is the same in every row: the bundle knows the parts by their
    order and leads each link to its own page.
    """
    page = tag("rij.pagina")
    return (
        run("{% if rij.bestaat %}"),
        f'<w:hyperlink r:id="{LINK_ID}">{run(page, "Hyperlink")}</w:hyperlink>',
        run("{% endif %}"),
        run("{% if rij.ontbreekt %}" + page + "{% endif %}", "Ontbreekt"),
    )


def _cells(style: str, texts: tuple[str, ...]) -> tuple[Cell, ...]:
    return tuple(Cell(paragraph(style, run(text) if text else "")) for text in texts)


def _widths(*centimetres: float) -> tuple[int, ...]:
    """Return column widths in twips; the column of 0 takes what the others leave."""
    fixed = [twips(width) for width in centimetres]
    return tuple(width or TEXT_WIDTH - sum(fixed) for width in fixed)

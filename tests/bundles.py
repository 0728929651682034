"""Parts, contents and bundles, made on the spot, and what a reader finds in them."""

from __future__ import annotations

import io

import docx
import pikepdf
import pypdfium2
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from wvp_docs.engines import pick
from wvp_docs.pdf.bundle import Bundle, Part, assemble
from wvp_docs.pdf.document import PdfInfo
from wvp_docs.pdf.labels import PLAIN, Layout

PREFIX = "https://deel.invalid/"
INFO = PdfInfo(title="Re-integratieverslag")


def converted(document: docx.document.Document, engine: str = "rdocx") -> bytes:
    target = io.BytesIO()
    document.save(target)
    return pick(engine).convert([target.getvalue()])[0]


def converted_text(text: str, engine: str = "rdocx") -> bytes:
    document = docx.Document()
    document.add_heading(text, 1)
    return converted(document, engine)


def part(title: str, pages: int = 1, level: int = 0, number: str = "") -> Part:
    document = docx.Document()
    document.add_heading(title, 1)
    for page in range(1, pages):
        document.add_heading(
            f"{title}, blad {page + 1}", 2
        ).paragraph_format.page_break_before = True
    return Part(title, title, converted(document), level, number)


def link(document: docx.document.Document, url: str, text: object) -> object:
    target = document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return parse_xml(
        f'<w:hyperlink {nsdecls("w", "r")} r:id="{target}"><w:r><w:rPr><w:rStyle '
        f'w:val="Hyperlink"/></w:rPr><w:t>{text}</w:t></w:r></w:hyperlink>'
    )


def front(titles: list[str], engine: str = "rdocx", elsewhere: str = "") -> bytes:
    """Return a contents page as our template makes it: a link on the page number of each line."""
    document = docx.Document()
    document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    if elsewhere:
        document.add_paragraph()._p.append(link(document, elsewhere, "elders"))
    table = document.add_table(rows=0, cols=2)
    for index, title in enumerate(titles):
        cells = table.add_row().cells
        cells[0].text = title
        cells[1].paragraphs[0].alignment = 2
        cells[1].paragraphs[0]._p.append(link(document, PREFIX, index + 2))
    return converted(document, engine)


def bundle(
    *parts: Part, engine: str = "rdocx", elsewhere: str = "", layout: Layout = PLAIN
) -> Bundle:
    contents = front([part.title for part in parts], engine, elsewhere)
    return assemble(contents, parts, info=INFO, link_prefix=PREFIX, layout=layout)


def opened(made: Bundle) -> pikepdf.Pdf:
    return pikepdf.open(made.pdf.open())


def links(pdf: pikepdf.Pdf, page: int) -> list[pikepdf.Object]:
    return [note for note in pdf.pages[page].obj.get("/Annots", ()) if note.Subtype == "/Link"]


def place_of(pdf: pikepdf.Pdf, destination: pikepdf.Object) -> int:
    return [page.obj.objgen for page in pdf.pages].index(destination[0].objgen) + 1


def texts(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def pictures(pdf: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=1).to_pil().convert("L") for page in document]


def numbers_on(made: Bundle) -> list[str]:
    """Return what is printed in the corner of each page."""
    return [text.split()[-1] for text in texts(made.pdf.read())]


def labels_in(made: Bundle) -> list[str]:
    """Return what a reader program shows as the number of each page."""
    with pypdfium2.PdfDocument(made.pdf.read()) as document:
        return [document.get_page_label(index) for index in range(len(document))]

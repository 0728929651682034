"""Papers to bind: forms, and attachments of text and of scans; the same on every run."""

from __future__ import annotations

import io
import random
import sys
from pathlib import Path

import docx
import pikepdf
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pikepdf import Dictionary, Name
from PIL import Image

from wvp_docs.engines import pick

FORMS, EACH, LINES = 12, 10, 40


def make_papers(folder: Path, pages: int) -> None:
    """Write 12 forms of three pages, so many pages of attachments, and the contents in Word."""
    chance = random.Random(pages)  # noqa: S311  no secret
    papers = [text(chance, 3) for _ in range(FORMS)]
    papers += [(scans, text)[at % 2](chance, EACH) for at in range(pages // EACH)]
    for at, paper in enumerate(papers):
        (folder / f"{at:04}.pdf").write_bytes(paper)
    (folder / "inhoud.docx").write_bytes(contents(len(papers)))


def text(chance: random.Random, pages: int) -> bytes:
    """Return pages of some 300 words and a table each."""
    document = docx.Document()
    for page in range(pages):
        heading = document.add_heading(f"Onderdeel {page + 1}", 1)
        heading.paragraph_format.page_break_before = page > 0
        words = ("".join(chance.choices("aeinorst", k=chance.randrange(2, 9))) for _ in range(300))
        document.add_paragraph(" ".join(words))
        for row in document.add_table(rows=8, cols=2).rows:
            row.cells[0].text, row.cells[1].text = "Vraag", f"antwoord {chance.random()}"
    return pick("rdocx").convert([as_bytes(document)])[0]


def scans(chance: random.Random, pages: int) -> bytes:
    """Return pages that are one grey picture each, of some 100 kB."""
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            size = (75, 106)
            noise = Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))
            picture = io.BytesIO()
            noise.resize((1240, 1754)).save(picture, "JPEG", quality=chance.randrange(20, 30))
            image = pdf.make_stream(picture.getvalue(), Type=Name.XObject, Subtype=Name.Image)
            image.Width, image.Height, image.BitsPerComponent = 1240, 1754, 8
            image.ColorSpace, image.Filter = Name.DeviceGray, Name.DCTDecode
            pdf.add_blank_page(page_size=(595, 842))
            page = pdf.pages[-1].obj
            page.Resources = Dictionary(XObject=Dictionary(Scan=image))
            page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q")
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def contents(papers: int) -> bytes:
    """Return a Word file with a line and a link for each paper, some pages long."""
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for at in range(papers):
        cells = table.add_row().cells
        cells[0].text = f"Stuk {at + 1}"
        url = f"https://deel.invalid/{at}"
        target = document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = f'<w:hyperlink {nsdecls("w", "r")} r:id="{target}"><w:r><w:t>{at}</w:t></w:r>'
        cells[1].paragraphs[0]._p.append(parse_xml(f"{link}</w:hyperlink>"))  # noqa: SLF001
    return as_bytes(document)


def as_bytes(document: docx.document.Document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


if __name__ == "__main__":
    make_papers(Path(sys.argv[1]), int(sys.argv[2]))

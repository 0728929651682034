"""Takes in a paper of somebody else, whatever it is, and hands over a PDF that is safe to merge.

What the file holds decides, not its name. Everything that was changed is said in a sentence, and
what cannot be done without losing something is refused with a way out: nothing is lost in silence.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Pdf

from wvp_docs.errors import EngineError
from wvp_docs.pdf.document import page_count, to_bytes
from wvp_docs.pdf.intake.cleaning import clean, is_signed
from wvp_docs.pdf.intake.filled import flatten
from wvp_docs.pdf.intake.layers import drop_hidden
from wvp_docs.pdf.intake.opening import Opened, open_stranger
from wvp_docs.pdf.intake.sealed import keep_sealed
from wvp_docs.pdf.intake.seen import keep_seen
from wvp_docs.pdf.intake.straight import straighten
from wvp_docs.pdf.intake.unusable import UnusableError
from wvp_docs.pdf.outline import Heading, read_outline, write_outline

__all__ = ["KINDS", "ODD", "Taken", "UnusableError", "take_in"]

KINDS = {
    ".pdf": "PDF",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".png": "PNG",
    ".tif": "TIFF",
    ".tiff": "TIFF",
}
"""The extensions that a file may have, and what it then should be."""

_STARTS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
)
# What they notice on the way would go to the screen; what matters of it is said here.
for _library in ("pikepdf", "PIL"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

ODD = (
    *(pikepdf.PikepdfError, pypdfium2.PdfiumError, EngineError),
    *(ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RuntimeError),
)
"""What the libraries raise on a file that is not well put together."""

_PDF_WITHIN = 1024
_TO_PDF = "Open het in het programma waarmee het is gemaakt, en druk het af naar PDF."


@dataclass(frozen=True, slots=True)
class Taken:
    """A paper that can go into the bundle.

    Attributes:
        pdf: clean, without a password, and the same bytes for the same file.
        pages: how many it has.
        said: Dutch sentences on what was changed.
        signed: digitally signed: `pdf` is the file itself, for merging would break the signature.
    """

    pdf: bytes
    pages: int
    said: tuple[str, ...]
    signed: bool


def take_in(content: bytes, name: str, passwords: Sequence[str] = ()) -> Taken:
    """Return the paper as a PDF: a PDF cleaned, a photo or a scan on pages of A4.

    Args:
        content: the file as it is on the disk.
        name: only its extension is looked at.
        passwords: tried one by one on a file that has one.

    Raises:
        UnusableError: it cannot be used, or not without losing something.
    """
    claimed = KINDS.get(PurePosixPath(name.replace("\\", "/")).suffix.lower())
    if claimed is None:
        raise UnusableError(
            "is geen PDF, Word (.docx), JPEG, PNG of TIFF.", "Bewaar het als een van deze soorten."
        )
    kind = _kind_of(content, claimed)
    said = () if kind == claimed else (f"Het bestand is geen {claimed} maar een {kind}.",)
    if kind == "PDF":
        taken = _take_pdf(content, passwords)
        return Taken(taken.pdf, taken.pages, said + taken.said, taken.signed)
    from wvp_docs.pdf.intake.pictures import on_paper  # noqa: PLC0415  most papers are PDF

    made = on_paper(content, kind)
    return Taken(made.pdf, made.pages, said + made.said, signed=False)


def _kind_of(content: bytes, claimed: str) -> str:
    if not content:
        raise UnusableError("is leeg.", "Bewaar of kopieer het opnieuw.")
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return "PDF"
    if content[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc", b"ftypavif"}:
        raise UnusableError(
            "is een foto die alleen een telefoon leest (HEIC).", "Bewaar de foto als JPEG."
        )
    raise UnusableError(f"heet {claimed}, maar is dat niet.", _TO_PDF)


def _take_pdf(content: bytes, passwords: Sequence[str]) -> Taken:
    try:
        opened = open_stranger(content, passwords)
        with opened.pdf as pdf:
            if is_signed(pdf):
                return Taken(content, len(pdf.pages), keep_sealed(content, opened), signed=True)
            _refuse(pdf)
            return _clean(opened)
    except ODD as fault:
        # A stranger may write anything anywhere, and we look into much of it.
        raise UnusableError("is een PDF die niet goed in elkaar zit.", _TO_PDF) from fault


def _refuse(pdf: Pdf) -> None:
    """Raise where the paper that a reader sees is not in the pages."""
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form:
        raise UnusableError(
            "is een formulier dat alleen Adobe Reader kan tonen (XFA).",
            "Open het in Adobe Reader en druk het af naar PDF.",
        )
    if "/Collection" in pdf.Root:
        raise UnusableError(
            "is een map met bestanden (PDF-portfolio); de bladzijden zijn alleen het voorblad.",
            "Bewaar de bestanden die erin zitten apart, en noem elk als bijlage.",
        )


def _clean(opened: Opened) -> Taken:
    pdf = opened.pdf
    straighten(pdf)
    cleaned = clean(pdf)
    said = [*_on_state(opened), *(f"{clause}. Dat is weggelaten." for clause in cleaned.found)]
    if drop_hidden(pdf):
        said.append("Er zaten verborgen lagen in. Die zijn weggelaten.")
    if cleaned.hidden:
        said.append("Er zaten verborgen opmerkingen in. Die zijn weggelaten.")
    if cleaned.comments:
        said.append(
            "Er staan opmerkingen in die iemand bij het lezen heeft gemaakt. Die gaan mee in de "
            "bundel."
        )
    if not _renew_outline(pdf):
        said.append("De bladwijzers klopten niet. Die zijn weggelaten.")
    if flatten(pdf):
        said.append("De velden om in te vullen zijn vaste tekst geworden.")
    keep_seen(pdf)
    made = to_bytes(pdf)
    if page_count(made) != len(pdf.pages):
        raise ValueError(len(pdf.pages))
    return Taken(made, len(pdf.pages), tuple(said), signed=False)


def _renew_outline(pdf: Pdf) -> bool:
    """Keep of the outline what leads to a page; return whether it could be read."""
    headings: list[Heading] = []
    try:
        headings += read_outline(pdf, 0, 0)
    except ODD:
        return False
    finally:
        if "/Outlines" in pdf.Root:
            del pdf.Root.Outlines
    if headings:
        write_outline(pdf, headings)
    return True


def _on_state(opened: Opened) -> Iterator[str]:
    if opened.damaged:
        yield "Het bestand was beschadigd en is hersteld. Kijk of alles erop staat."
    elif opened.torn:
        yield "Het bestand is op een plaats beschadigd. Kijk of alles erop staat."
    found = len(opened.pdf.pages)
    if found < opened.promised:
        yield (
            f"Het bestand noemt {opened.promised} bladzijden, maar heeft er {found}. Kijk of alles "
            "erin zit."
        )
    if opened.locked:
        yield "Het bestand was beveiligd. In de bundel is het dat niet meer."
